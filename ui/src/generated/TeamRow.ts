// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { TeamCode } from "./TeamCode";

/**
 * What was taken over from one team. What its reports say, and how many there are, nobody but headquarters can see.
 */
export type TeamRow = { 
/**
 * The team; `None` for what has no team's label.
 */
team: TeamCode | null, 
/**
 * The label; `None`: none was given.
 */
label: string | null, 
/**
 * Segments taken over.
 */
segments: number, 
/**
 * Their bytes.
 */
bytes: number, 
/**
 * Still here, on their way.
 */
waiting: number, 
/**
 * Of these, handed on too.
 */
handed_on: number, 
/**
 * Brought to headquarters by this device.
 */
delivered: number, 
/**
 * When something was last taken over; `None`: never.
 */
last_at: Moment | null, };
