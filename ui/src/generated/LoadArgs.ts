// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Load } from "./Load";

/**
 * A bundle to make.
 */
export type LoadArgs = { 
/**
 * What it is to hold.
 */
load: Load, };
