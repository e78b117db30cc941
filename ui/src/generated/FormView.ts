// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Finding } from "./Finding";
import type { Progress } from "./Progress";
import type { QuestionView } from "./QuestionView";
import type { SectionView } from "./SectionView";

/**
 * A form and a set of answers, evaluated: everything that changes as answers come in.
 */
export type FormView = { 
/**
 * Sections in order, with their progress; a section with nothing visible is not relevant.
 */
sections: Array<SectionView>, 
/**
 * Questions by name (all of them, also those that are not relevant).
 */
questions: { [key in string]: QuestionView }, 
/**
 * All findings, worst first, then in the form's order.
 */
findings: Array<Finding>, 
/**
 * Progress over the whole form.
 */
progress: Progress, 
/**
 * Whether nothing blocks finishing.
 */
can_finish: boolean, };
