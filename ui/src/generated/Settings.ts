// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Theme } from "./Theme";

/**
 * Settings that hold nothing secret.
 */
export type Settings = { 
/**
 * `en`, `ru` or `kk`.
 */
language: string, 
/**
 * Colours.
 */
theme: Theme, 
/**
 * Minutes without a touch until the app locks itself.
 */
lock_after_min: number, };
