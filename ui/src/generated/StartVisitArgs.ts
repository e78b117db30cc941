// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormId } from "./FormId";
import type { StationCode } from "./StationCode";

/**
 * A visit to begin.
 */
export type StartVisitArgs = { 
/**
 * The form.
 */
form: FormId, 
/**
 * The place, when it is in the register.
 */
station: StationCode | null, 
/**
 * The place in words, when it is not.
 */
place: string | null, };
