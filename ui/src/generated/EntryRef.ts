// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { DeviceId } from "./DeviceId";

/**
 * One entry of one device's journal.
 */
export type EntryRef = { 
/**
 * The device that wrote it.
 */
device: DeviceId, 
/**
 * Its number in that device's journal, from 1.
 */
seq: number, };
