// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What enrolment takes.
 */
export type EnrolArgs = { 
/**
 * The enrolment code as scanned or pasted.
 */
code: string, 
/**
 * The PIN that will lock the device.
 */
pin: string, };
