// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What only this device holds, and a wipe would destroy.
 */
export type AtStake = { 
/**
 * Finished reports that headquarters has not signed for.
 */
reports: number, 
/**
 * Of these, what lies in other hands or on a file.
 */
in_other_hands: number, 
/**
 * Drafts and corrections that were never finished.
 */
drafts: number, 
/**
 * Notes that headquarters does not hold.
 */
notes: number, 
/**
 * Sealed segments carried for others that wait for headquarters.
 */
carried: number, };
