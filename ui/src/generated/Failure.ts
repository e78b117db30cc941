// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A refusal or failure as the screen sees it: a code and its arguments. The sentence is in the locales (`error-<code>`).
 */
export type Failure = { 
/**
 * A code of the closed list in `error.rs`.
 */
code: string, 
/**
 * Arguments of the sentence.
 */
args: { [key in string]: string }, };
