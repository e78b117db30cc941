// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * How far an exchange has come.
 */
export type SyncProgress = { 
/**
 * `connect`, `send`, `confirm`, `fetch`, `picture`, `deliver`.
 */
step: string, 
/**
 * Done so far, bytes or items as the step counts.
 */
done: number, 
/**
 * Out of; 0 when not known.
 */
total: number, };
