// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Why a journal ended.
 */
export type EndReason = "restored" | "forked" | "corrupt" | "too_new" | "incomplete";
