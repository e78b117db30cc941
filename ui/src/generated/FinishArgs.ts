// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { ObserverCode } from "./ObserverCode";

/**
 * What finishing takes.
 */
export type FinishArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * The observers who confirm it: all of the team's.
 */
confirmed_by: Array<ObserverCode>, };
