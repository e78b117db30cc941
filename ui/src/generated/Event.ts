// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { SyncProgress } from "./SyncProgress";

/**
 * Pushed to the screen when something changed; the screen then asks again.
 */
export type Event = { "event": "reports_changed" } | { "event": "sync_moved" } & SyncProgress | { "event": "enrol_moved" } & SyncProgress | { "event": "backup_moved" } & SyncProgress | { "event": "locked" } | { "event": "settings_changed" } | { "event": "carriers_changed" };
