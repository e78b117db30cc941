// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * An instant as a device claimed it: UTC milliseconds and the local offset beside it.
 *
 * Order never follows from a `Moment` (clocks jump); order follows from the journal's sequence.
 */
export type Moment = { 
/**
 * Milliseconds since 1970-01-01T00:00:00Z.
 */
utc_ms: number, 
/**
 * Local time minus UTC, in minutes (`+360` in Astana in 2011).
 */
offset_min: number, };
