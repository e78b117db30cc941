// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A PIN and the one that replaces it.
 */
export type ChangePinArgs = { 
/**
 * The PIN in force.
 */
old: string, 
/**
 * The PIN that replaces it.
 */
new: string, };
