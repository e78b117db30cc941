// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A hand-over by network to make.
 */
export type HandOverArgs = { 
/**
 * The code on the carrier's screen.
 */
code: string, };
