// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Evidence } from "./Evidence";
import type { PictureCounts } from "./PictureCounts";
import type { ReportRow } from "./ReportRow";
import type { SyncProgress } from "./SyncProgress";

/**
 * The outbox.
 */
export type Outbox = { 
/**
 * The state of the evidence.
 */
evidence: Evidence, 
/**
 * Reports not yet held by headquarters, in the order they go.
 */
waiting: Array<ReportRow>, 
/**
 * Bytes the next exchange would send, padding included.
 */
next_bytes: number, 
/**
 * Whether an exchange is under way.
 */
sending: SyncProgress | null, 
/**
 * How the pictures stand.
 */
pictures: PictureCounts, };
