// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Load } from "./Load";

/**
 * A file to write.
 */
export type MakeFileArgs = { 
/**
 * The folder to write it to.
 */
folder: string, 
/**
 * What it is to hold.
 */
load: Load, };
