// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A polling station's, or a commission's, code in the register.
 */
export type StationCode = string;
