// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { DeliveryState } from "./DeliveryState";
import type { EntryRef } from "./EntryRef";
import type { FormId } from "./FormId";
import type { Moment } from "./Moment";
import type { Origin } from "./Origin";
import type { ReportState } from "./ReportState";
import type { Sealing } from "./Sealing";
import type { StationHit } from "./StationHit";

/**
 * One report in a list.
 */
export type ReportRow = { 
/**
 * The local id (`UUIDv7`), which exists before anything is in the journal.
 */
id: string, 
/**
 * What to say on the phone: `T014-B-07`.
 */
spoken_id: string, 
/**
 * The form.
 */
form: FormId, 
/**
 * The place, if it is in the register.
 */
station: StationHit | null, 
/**
 * The place as typed, if it is not.
 */
place: string | null, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * How far it has travelled.
 */
delivery: DeliveryState, 
/**
 * Revisions finished so far.
 */
revision: number, 
/**
 * When it was begun.
 */
begun_at: Moment, 
/**
 * When an answer was last saved.
 */
saved_at: Moment, 
/**
 * Answered questions.
 */
answered: number, 
/**
 * Questions that apply.
 */
applicable: number, 
/**
 * Findings worth a look (warn and worse).
 */
findings: number, 
/**
 * Its first journal entry, once finished.
 */
entry: EntryRef | null, 
/**
 * Whether its plain answers go, or have gone; `None`: they stay.
 */
sealing: Sealing | null, 
/**
 * The earlier journal that a draft came from; `None`: it was begun in this one.
 */
origin: Origin | null, };
