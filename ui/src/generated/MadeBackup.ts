// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";

/**
 * A backup that was written, read back and found whole.
 */
export type MadeBackup = { 
/**
 * The file.
 */
path: string, 
/**
 * Its length.
 */
bytes: number, 
/**
 * When it was made.
 */
at: Moment, };
