// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A code that a camera has read.
 */
export type TakeCodeArgs = { 
/**
 * What it says.
 */
text: string, 
/**
 * As in [`TakeFileArgs`].
 */
label: string | null, };
