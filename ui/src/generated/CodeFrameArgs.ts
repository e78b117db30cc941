// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A code of the series that is being shown.
 */
export type CodeFrameArgs = { 
/**
 * The series.
 */
set: string, 
/**
 * The code's number, from 0, without end.
 */
number: number, };
