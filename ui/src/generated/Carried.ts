// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What is carried for others.
 */
export type Carried = { 
/**
 * Segments on their way to headquarters.
 */
waiting: number, 
/**
 * Their bytes.
 */
waiting_bytes: number, 
/**
 * Of these, handed on to another carrier or to a file too.
 */
handed_on: number, 
/**
 * Segments that this device brought to headquarters.
 */
delivered: number, 
/**
 * Receipts to bring back.
 */
receipts: number, 
/**
 * Segments that can still be taken over.
 */
room: number, };
