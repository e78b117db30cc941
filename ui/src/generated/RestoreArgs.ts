// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A backup to restore.
 */
export type RestoreArgs = { 
/**
 * The file.
 */
path: string, 
/**
 * The PIN that locked the device when the backup was made.
 */
pin: string, };
