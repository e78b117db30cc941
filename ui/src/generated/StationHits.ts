// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { StationHit } from "./StationHit";

/**
 * What a search of the register found.
 */
export type StationHits = { 
/**
 * Best first.
 */
hits: Array<StationHit>, 
/**
 * Places that matched; more than `hits` when the list was cut.
 */
matched: number, 
/**
 * Places in the register.
 */
total: number, };
