// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A road that needs no network to headquarters.
 */
export type Road = "file" | "codes" | "network";
