// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What the computer's key store can do for this device.
 */
export type KeyStoreState = { 
/**
 * Whether there is one that answers.
 */
answers: boolean, };
