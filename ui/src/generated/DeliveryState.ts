// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { Road } from "./Road";
import type { TeamCode } from "./TeamCode";

/**
 * How far a report's evidence has travelled. Only a verified receipt makes it [`DeliveryState::Held`].
 */
export type DeliveryState = { "state": "on_device" } | { "state": "waiting" } | { "state": "sent" } | { "state": "carried", 
/**
 * The carrier's team, as its certificate says; `None`: it lies on a file, and nobody has signed for it.
 */
by: TeamCode | null, 
/**
 * By which road it left, or by which the carrier's word came back.
 */
road: Road, 
/**
 * When.
 */
at: Moment, } | { "state": "held", 
/**
 * When headquarters says it received it, UTC milliseconds.
 */
received_at_ms: number, } | { "state": "quarantined", 
/**
 * Why.
 */
code: string, };
