// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { ObserverCode } from "./ObserverCode";

/**
 * One finished revision of a report.
 */
export type Revision = { 
/**
 * 1 for the first.
 */
number: number, 
/**
 * Why it replaced the one before; empty for the first.
 */
reason: string, 
/**
 * When it was finished.
 */
at: Moment, 
/**
 * The observers who confirmed it.
 */
confirmed_by: Array<ObserverCode>, 
/**
 * Names of the questions whose answers it changed.
 */
changed: Array<string>, };
