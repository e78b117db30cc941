// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A picture's bytes.
 */
export type PictureBytes = { 
/**
 * `image/jpeg` or `image/png`.
 */
media_type: string, 
/**
 * Standard base64 with padding.
 */
base64: string, };
