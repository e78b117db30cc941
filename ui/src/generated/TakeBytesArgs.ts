// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A file that the page has read.
 */
export type TakeBytesArgs = { 
/**
 * Its bytes, standard base64 with padding.
 */
base64: string, 
/**
 * As in [`TakeFileArgs`].
 */
label: string | null, };
