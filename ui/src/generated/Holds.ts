// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What a bundle holds.
 */
export type Holds = { 
/**
 * Its bytes.
 */
bytes: number, 
/**
 * This device's own finished reports that headquarters lacks.
 */
reports: number, 
/**
 * This device's own segments.
 */
own: number, 
/**
 * Segments of others.
 */
carried: number, 
/**
 * Receipts to bring back.
 */
receipts: number, 
/**
 * Receipts that codes had no room for; they stay here.
 */
receipts_left: number, 
/**
 * Pictures, this device's own and others'.
 */
pictures: number, 
/**
 * Pictures that it had no room for; they stay here. Codes have room for none.
 */
pictures_left: number, };
