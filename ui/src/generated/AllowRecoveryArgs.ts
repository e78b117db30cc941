// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Whether headquarters may help when the PIN is forgotten.
 */
export type AllowRecoveryArgs = { 
/**
 * Whether it may.
 */
allowed: boolean, };
