// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Answered out of applicable.
 */
export type Progress = { 
/**
 * Visible questions with an answer.
 */
answered: number, 
/**
 * Visible questions that take an answer.
 */
applicable: number, };
