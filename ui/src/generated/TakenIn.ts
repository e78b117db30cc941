// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { RefusedPart } from "./RefusedPart";
import type { Road } from "./Road";
import type { TeamCode } from "./TeamCode";

/**
 * What a bundle brought.
 */
export type TakenIn = { 
/**
 * By which road it came.
 */
road: Road, 
/**
 * What the holder called whoever brought it.
 */
label: string | null, 
/**
 * When it was taken in.
 */
at: Moment, 
/**
 * Own reports that headquarters is newly known to hold.
 */
confirmed: number, 
/**
 * Segments newly taken over.
 */
new: number, 
/**
 * Segments carried already.
 */
known: number, 
/**
 * This device's own segments, come back; nothing is done with them.
 */
own: number, 
/**
 * Pictures newly taken over.
 */
pictures_new: number, 
/**
 * Pictures carried already.
 */
pictures_known: number, 
/**
 * This device's own pictures, come back; nothing is done with them.
 */
pictures_own: number, 
/**
 * Own pictures that headquarters is newly known to hold.
 */
pictures_confirmed: number, 
/**
 * Receipts newly kept for others.
 */
receipts_new: number, 
/**
 * Receipts that say no more than what is known.
 */
receipts_known: number, 
/**
 * Own or carried segments for which a carrier's word came.
 */
in_custody: number, 
/**
 * Own or carried pictures for which one came.
 */
pictures_in_custody: number, 
/**
 * The teams of those carriers.
 */
custody_by: Array<TeamCode>, 
/**
 * Whether a newer configuration came and is in force now.
 */
updated: boolean, 
/**
 * What was not taken, and why.
 */
refused: Array<RefusedPart>, };
