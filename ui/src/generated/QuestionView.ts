// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Value } from "./Value";

/**
 * A question, evaluated.
 */
export type QuestionView = { 
/**
 * Whether it applies. A value given before it stopped applying is kept but counts as absent.
 */
relevant: boolean, 
/**
 * Whether it must be answered before the report can be finished.
 */
required: boolean, 
/**
 * The answer in force: given, default or computed.
 */
value: Value | null, 
/**
 * Codes allowed by the choice filter, when the list is filtered.
 */
choices: Array<string> | null, 
/**
 * Label with the values of other questions put in, when the label has any.
 */
label: string | null, };
