// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { CarryPlace } from "./CarryPlace";

/**
 * Folders that a file may be written to, and bundles that lie there.
 */
export type CarryPlaces = { 
/**
 * Sticks and cards first.
 */
places: Array<CarryPlace>, };
