// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What the app is able to do right now.
 */
export type Phase = "new" | "locked" | "open";
