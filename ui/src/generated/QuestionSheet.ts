// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { QuestionKind } from "./QuestionKind";

/**
 * A question in one language.
 */
export type QuestionSheet = { 
/**
 * Its name in the form, `B42`.
 */
name: string, 
/**
 * Its number as people speak of it, `B 42`; empty for helpers.
 */
number: string, 
/**
 * Kind of answer.
 */
kind: QuestionKind, 
/**
 * The question.
 */
label: string, 
/**
 * Whether the translation awaits a native speaker (⚠).
 */
doubtful: boolean, 
/**
 * A line below the question, or empty.
 */
hint: string, 
/**
 * XLSForm appearance words (`minimal`, `likert`, `numbers` …).
 */
appearance: Array<string>, 
/**
 * The choice list's name, for selects.
 */
list: string | null, 
/**
 * The register file a select draws on (`stations`), if any.
 */
register: string | null, 
/**
 * Answer cannot be changed by hand.
 */
read_only: boolean, 
/**
 * Filled from what the device knows; shown folded ("From your enrolment").
 */
prefilled: boolean, 
/**
 * Never shown (calculations).
 */
hidden: boolean, };
