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
 * Pictures on their way to headquarters.
 */
waiting_pictures: number, 
/**
 * The bytes of these segments.
 */
waiting_bytes: number, 
/**
 * The bytes of these pictures.
 */
waiting_picture_bytes: number, 
/**
 * Of these segments, handed on to another carrier or to a file too.
 */
handed_on: number, 
/**
 * Segments that this device brought to headquarters.
 */
delivered: number, 
/**
 * Pictures that this device brought to headquarters.
 */
delivered_pictures: number, 
/**
 * Receipts to bring back.
 */
receipts: number, 
/**
 * Segments that can still be taken over.
 */
room: number, };
