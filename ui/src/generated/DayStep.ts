// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormId } from "./FormId";

/**
 * One step of the day's line.
 */
export type DayStep = { 
/**
 * The form.
 */
form: FormId, 
/**
 * Finished reports of it.
 */
finished: number, 
/**
 * Drafts of it.
 */
drafts: number, 
/**
 * Whether this is what to do next.
 */
next: boolean, };
