// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A picture.
 */
export type PhotoArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * The question's name.
 */
question: string, 
/**
 * `image/jpeg` or `image/png`.
 */
media_type: string, 
/**
 * The picture's bytes, standard base64 with padding.
 */
base64: string, };
