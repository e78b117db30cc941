// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * An observer team's code: never a person's name.
 */
export type TeamCode = string;
