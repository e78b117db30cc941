// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Holder } from "./Holder";
import type { Phase } from "./Phase";
import type { Settings } from "./Settings";

/**
 * The first thing any screen asks.
 */
export type Status = { 
/**
 * What the app can do now.
 */
phase: Phase, 
/**
 * The app's version.
 */
app_version: string, 
/**
 * Language, theme and text size; readable while locked.
 */
settings: Settings, 
/**
 * Who holds the device; only while unlocked.
 */
holder: Holder | null, 
/**
 * Seconds until another PIN may be tried; 0 when at once.
 */
retry_in_s: number, 
/**
 * Wrong PINs until everything is destroyed; `None`: that was not asked for, or the app is not locked.
 */
tries_left: number | null, 
/**
 * Journals that came before and that no PIN has opened yet: restored from a backup, or set aside.
 */
earlier_closed: number, 
/**
 * Whether headquarters has seen this journal go on in two ways; only while unlocked.
 */
forked: boolean, 
/**
 * Whether headquarters can help when the PIN is forgotten.
 */
recoverable: boolean, 
/**
 * Whether the PIN opens nothing without this computer's key store.
 */
bound: boolean, };
