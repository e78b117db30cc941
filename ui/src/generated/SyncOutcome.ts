// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Evidence } from "./Evidence";

/**
 * What an exchange came to.
 */
export type SyncOutcome = { 
/**
 * Entries headquarters newly confirmed.
 */
confirmed: number, 
/**
 * The state of the evidence after it.
 */
evidence: Evidence, 
/**
 * New forms, register or teams came with it.
 */
updated: boolean, 
/**
 * Segments of others that were brought to headquarters.
 */
delivered: number, 
/**
 * Pictures that headquarters newly signed for.
 */
pictures: number, };
