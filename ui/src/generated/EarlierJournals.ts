// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { DeviceId } from "./DeviceId";
import type { EarlierJournal } from "./EarlierJournal";

/**
 * All of them.
 */
export type EarlierJournals = { 
/**
 * This device's own journal, to be told apart from those.
 */
device: DeviceId, 
/**
 * Latest first.
 */
journals: Array<EarlierJournal>, };
