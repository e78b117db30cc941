// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FindingLevel } from "./FindingLevel";

/**
 * One thing a check noticed.
 */
export type Finding = { 
/**
 * A stable code: the form's own (`Q4`, `B59.comment`) or one of the engine's
 * (`required`, `constraint`, `not_a_choice` …).
 */
code: string, 
/**
 * How much it matters.
 */
level: FindingLevel, 
/**
 * Question names concerned, the first being where "go there" leads.
 */
fields: Array<string>, 
/**
 * Figures for the sentence, already formatted without a language (`"12"`, `"1212"`).
 */
args: { [key in string]: string }, };
