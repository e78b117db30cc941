// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Picture } from "./Picture";
import type { PictureCounts } from "./PictureCounts";

/**
 * All pictures of this device.
 */
export type Pictures = { 
/**
 * Latest first.
 */
pictures: Array<Picture>, 
/**
 * How many.
 */
counts: PictureCounts, };
