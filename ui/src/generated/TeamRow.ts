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
 * Pictures taken over.
 */
pictures: number, 
/**
 * The bytes of both.
 */
bytes: number, 
/**
 * Segments still here, on their way.
 */
waiting: number, 
/**
 * Of these, handed on too.
 */
handed_on: number, 
/**
 * Segments brought to headquarters by this device.
 */
delivered: number, 
/**
 * Pictures still here, on their way.
 */
waiting_pictures: number, 
/**
 * When something was last taken over; `None`: never.
 */
last_at: Moment | null, };
