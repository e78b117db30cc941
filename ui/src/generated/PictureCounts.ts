// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * How many pictures there are, each counted once.
 */
export type PictureCounts = { 
/**
 * All.
 */
total: number, 
/**
 * Of these, those that wait to be sent or to be confirmed.
 */
waiting: number, 
/**
 * Of those that wait, the ones of which a copy is in other hands.
 */
carried: number, 
/**
 * Bytes that are still to go.
 */
waiting_bytes: number, 
/**
 * Those that headquarters has signed for.
 */
held: number, 
/**
 * Those that headquarters keeps apart.
 */
set_aside: number, };
