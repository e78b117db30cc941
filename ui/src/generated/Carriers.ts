// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Carried } from "./Carried";
import type { Evidence } from "./Evidence";
import type { HandedNote } from "./HandedNote";
import type { Listening } from "./Listening";
import type { Reading } from "./Reading";
import type { TakenIn } from "./TakenIn";

/**
 * Everything about evidence that goes by hand.
 */
export type Carriers = { 
/**
 * The state of this device's own evidence; `carried` counts what is in other hands.
 */
evidence: Evidence, 
/**
 * Bytes of this device's own reports that headquarters lacks, about.
 */
own_bytes: number, 
/**
 * What is carried for others.
 */
carried: Carried, 
/**
 * Hand-overs of this device's own reports, latest first.
 */
handed: Array<HandedNote>, 
/**
 * The hand-over by network that this device waits for.
 */
listening: Listening | null, 
/**
 * What the last hand-over by network brought, since the app was unlocked.
 */
arrived: TakenIn | null, 
/**
 * Codes that are being read, since the app was unlocked.
 */
reading: Array<Reading>, 
/**
 * Bytes that codes on a screen hold at most.
 */
most_code_bytes: number, };
