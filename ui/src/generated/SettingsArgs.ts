// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Settings } from "./Settings";

/**
 * Settings to put in force.
 */
export type SettingsArgs = { 
/**
 * All of them.
 */
settings: Settings, };
