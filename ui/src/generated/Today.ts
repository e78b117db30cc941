// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { DayStep } from "./DayStep";
import type { Evidence } from "./Evidence";
import type { ReportRow } from "./ReportRow";

/**
 * The day at a glance.
 */
export type Today = { 
/**
 * Local date of the day shown, `2011-04-03`.
 */
date: string, 
/**
 * The steps of the day, in order, one a form that has a place in it.
 */
steps: Array<DayStep>, 
/**
 * Reports still open, latest first.
 */
drafts: Array<ReportRow>, 
/**
 * The state of the evidence.
 */
evidence: Evidence, };
