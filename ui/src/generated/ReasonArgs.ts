// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A report and why something is done to it.
 */
export type ReasonArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * Why, in the observers' words.
 */
reason: string, };
