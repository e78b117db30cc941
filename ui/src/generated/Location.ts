// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A position, WGS 84.
 */
export type Location = { 
/**
 * Degrees north.
 */
latitude: number, 
/**
 * Degrees east.
 */
longitude: number, 
/**
 * Radius of 68 % confidence in metres, when the device told it.
 */
accuracy_m: number | null, };
