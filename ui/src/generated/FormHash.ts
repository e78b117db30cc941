// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * SHA-256 over a form definition's canonical bytes: its content address.
 */
export type FormHash = string;
