// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { DeviceId } from "./DeviceId";
import type { EndReason } from "./EndReason";
import type { Moment } from "./Moment";
import type { ReportRow } from "./ReportRow";

/**
 * A journal that came before this one.
 */
export type EarlierJournal = { 
/**
 * What to call it in commands.
 */
journal: string, 
/**
 * Why it ended.
 */
reason: EndReason, 
/**
 * Whose it is: an entry's device; `None` until its PIN has opened it.
 */
device: DeviceId | null, 
/**
 * When something of it was first taken over; `None`: nothing yet.
 */
at: Moment | null, 
/**
 * Whether it was opened with its PIN: its drafts came over and its reports can be read.
 */
opened: boolean, 
/**
 * Its finished reports, each with how far it has travelled; latest first.
 */
reports: Array<ReportRow>, 
/**
 * Of these, those that headquarters has signed for.
 */
held: number, 
/**
 * Drafts that came over from it.
 */
drafts: number, };
