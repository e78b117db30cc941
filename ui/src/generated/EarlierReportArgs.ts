// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A report of an earlier journal.
 */
export type EarlierReportArgs = { 
/**
 * Which journal.
 */
journal: string, 
/**
 * The report's local id.
 */
id: string, };
