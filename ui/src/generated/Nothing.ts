// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * No arguments, or nothing to tell.
 */
export type Nothing = Record<string, never>;
