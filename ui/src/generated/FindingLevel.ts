// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * How much a finding matters.
 */
export type FindingLevel = "info" | "warn" | "alert" | "block";
