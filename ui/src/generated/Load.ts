// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What a bundle is to hold.
 */
export type Load = "own" | "all" | "back";
