// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { PlaceKind } from "./PlaceKind";

/**
 * A search of the register.
 */
export type StationsArgs = { 
/**
 * Number or name as typed; empty: the team's own area first.
 */
query: string, 
/**
 * Stations, or the commissions above them.
 */
place: PlaceKind, 
/**
 * Hits wanted.
 */
limit: number, };
