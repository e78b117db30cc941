// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A file to take in.
 */
export type TakeFileArgs = { 
/**
 * The file.
 */
path: string, 
/**
 * What the holder calls whoever brought it, such as a team's code; it stays on this device.
 */
label: string | null, };
