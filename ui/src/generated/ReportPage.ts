// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormSheet } from "./FormSheet";
import type { FormView } from "./FormView";
import type { Note } from "./Note";
import type { Picture } from "./Picture";
import type { ReportRow } from "./ReportRow";
import type { Revision } from "./Revision";

/**
 * A report with everything its screen shows.
 */
export type ReportPage = { 
/**
 * The row.
 */
row: ReportRow, 
/**
 * The form's texts in the device's language.
 */
sheet: FormSheet, 
/**
 * The evaluated answers.
 */
view: FormView, 
/**
 * Notes, oldest first.
 */
notes: Array<Note>, 
/**
 * Pictures, oldest first.
 */
pictures: Array<Picture>, 
/**
 * Earlier revisions, oldest first.
 */
revisions: Array<Revision>, 
/**
 * Earlier reports about the same place that are sealed: checks against them are headquarters' alone.
 */
sealed_before: number, };
