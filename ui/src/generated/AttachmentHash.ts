// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * SHA-256 over an attachment's bytes: its content address.
 */
export type AttachmentHash = string;
