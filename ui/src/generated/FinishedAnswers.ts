// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What becomes of the plain answers of a finished report.
 */
export type FinishedAnswers = "kept" | "removed_when_held" | "sealed";
