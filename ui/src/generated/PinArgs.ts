// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A PIN.
 */
export type PinArgs = { 
/**
 * As typed.
 */
pin: string, };
