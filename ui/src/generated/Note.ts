// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";

/**
 * A remark of the observers on a question or on the whole report.
 */
export type Note = { 
/**
 * The question's name; `None`: the whole report.
 */
question: string | null, 
/**
 * The text.
 */
text: string, 
/**
 * When it was written.
 */
at: Moment, };
