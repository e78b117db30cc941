// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Holds } from "./Holds";

/**
 * A bundle written to a file, read back and found right.
 */
export type MadeFile = { 
/**
 * The file.
 */
path: string, 
/**
 * What is in it.
 */
holds: Holds, };
