// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A series of codes that is being read.
 */
export type Reading = { 
/**
 * The series' name.
 */
set: string, 
/**
 * Different codes read.
 */
have: number, 
/**
 * The least number that can be enough.
 */
needed: number, };
