// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A picture with codes in it.
 */
export type TakePictureArgs = { 
/**
 * A JPEG's or PNG's bytes, standard base64 with padding.
 */
base64: string, 
/**
 * As in [`TakeFileArgs`].
 */
label: string | null, };
