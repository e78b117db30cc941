// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Where a report stands on the device.
 *
 * ```text
 *            finish               correct(reason)
 *  Draft ───────────────▶ Finished ───────────────▶ Correcting
 *                            ▲  │                        │
 *                            │  │ withdraw(reason)       │ finish, or drop the correction
 *                            │  ▼                        │
 *                            │ Withdrawn                 │
 *                            └───────────────────────────┘
 * ```
 */
export type ReportState = "draft" | "finished" | "correcting" | "withdrawn";
