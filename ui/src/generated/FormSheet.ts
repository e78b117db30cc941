// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { ChoiceSheet } from "./ChoiceSheet";
import type { FormHash } from "./FormHash";
import type { FormId } from "./FormId";
import type { QuestionSheet } from "./QuestionSheet";
import type { SectionSheet } from "./SectionSheet";

/**
 * The unchanging face of a form in one language: fetched once a report, not once an answer.
 */
export type FormSheet = { 
/**
 * The form's id within the mission.
 */
id: FormId, 
/**
 * Content address of the definition.
 */
hash: FormHash, 
/**
 * The author's version text.
 */
version: string, 
/**
 * Title in the language asked for.
 */
title: string, 
/**
 * The language these texts are in (`en`, `ru`, `kk`).
 */
language: string, 
/**
 * All languages that the form has.
 */
languages: Array<string>, 
/**
 * Sections in order.
 */
sections: Array<SectionSheet>, 
/**
 * Questions by name.
 */
questions: { [key in string]: QuestionSheet }, 
/**
 * Choice lists by name; lists that live in the register are absent.
 */
choices: { [key in string]: Array<ChoiceSheet> }, 
/**
 * Sentences of the form's own rules by finding code; `{name}` stands for an argument.
 */
findings: { [key in string]: string }, };
