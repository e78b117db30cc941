// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Holds } from "./Holds";

/**
 * A bundle as a series of codes.
 */
export type Codes = { 
/**
 * The series' name.
 */
set: string, 
/**
 * The least number of codes that can be enough. Those after them repair what was missed, without end.
 */
needed: number, 
/**
 * What the bundle holds.
 */
holds: Holds, };
