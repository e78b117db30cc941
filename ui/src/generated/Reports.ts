// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { ReportRow } from "./ReportRow";

/**
 * All reports of this device.
 */
export type Reports = { 
/**
 * Latest first.
 */
rows: Array<ReportRow>, };
