// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Carried } from "./Carried";
import type { TeamRow } from "./TeamRow";

/**
 * The teams of a leader's area, as far as they went through the leader's hands.
 */
export type TeamPage = { 
/**
 * Teams of the area, by code.
 */
teams: Array<TeamRow>, 
/**
 * What came under other labels, or under none.
 */
others: Array<TeamRow>, 
/**
 * All that is carried.
 */
carried: Carried, };
