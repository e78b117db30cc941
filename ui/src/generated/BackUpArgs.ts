// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A backup to write.
 */
export type BackUpArgs = { 
/**
 * The folder to write it to.
 */
folder: string, };
