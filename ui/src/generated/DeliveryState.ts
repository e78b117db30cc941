// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * How far a report's evidence has travelled. Only a verified receipt makes it [`DeliveryState::Held`].
 */
export type DeliveryState = { "state": "on_device" } | { "state": "waiting" } | { "state": "sent" } | { "state": "carried", 
/**
 * The carrier's team.
 */
by: string, } | { "state": "held", 
/**
 * When headquarters says it received it, UTC milliseconds.
 */
received_at_ms: number, } | { "state": "quarantined", 
/**
 * Why.
 */
code: string, };
