// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { AttachmentHash } from "./AttachmentHash";
import type { FormId } from "./FormId";
import type { Moment } from "./Moment";
import type { PictureState } from "./PictureState";

/**
 * A picture of a report.
 */
export type Picture = { 
/**
 * The report's local id.
 */
report: string, 
/**
 * What to say of the report on the phone.
 */
spoken_id: string, 
/**
 * The report's form.
 */
form: FormId, 
/**
 * The question's name.
 */
question: string, 
/**
 * The question's number on paper.
 */
number: string, 
/**
 * The question in the device's language.
 */
label: string, 
/**
 * SHA-256 of its bytes.
 */
hash: AttachmentHash, 
/**
 * Its length, bytes.
 */
bytes: number, 
/**
 * When it was taken in.
 */
at: Moment, 
/**
 * How far it has travelled.
 */
state: PictureState, 
/**
 * Whether it can still be looked at here.
 */
is_here: boolean, 
/**
 * Whether it may be taken away: it stands beside an answer, and no entry names it.
 */
may_go: boolean, };
