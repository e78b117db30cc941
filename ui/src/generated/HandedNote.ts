// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { Road } from "./Road";
import type { TeamCode } from "./TeamCode";

/**
 * One hand-over of this device's own reports.
 */
export type HandedNote = { 
/**
 * The carrier's team, as its certificate says; `None`: a file.
 */
by: TeamCode | null, 
/**
 * The road.
 */
road: Road, 
/**
 * Segments.
 */
segments: number, 
/**
 * Entries in them.
 */
entries: number, 
/**
 * Pictures.
 */
pictures: number, 
/**
 * When.
 */
at: Moment, };
