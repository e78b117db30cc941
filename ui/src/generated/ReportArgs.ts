// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A report.
 */
export type ReportArgs = { 
/**
 * Its local id.
 */
id: string, };
