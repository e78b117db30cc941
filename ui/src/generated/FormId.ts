// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A form's id within its mission, for example `voting`.
 */
export type FormId = string;
