// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";
import type { Road } from "./Road";
import type { TeamCode } from "./TeamCode";

/**
 * How far a picture has travelled.
 */
export type PictureState = { "state": "on_device" } | { "state": "waiting", 
/**
 * Bytes that headquarters has already.
 */
done: number, 
/**
 * Of how many; 0 before sending has begun.
 */
total: number, } | { "state": "carried", 
/**
 * The carrier's team, as its certificate says; `None`: a file.
 */
by: TeamCode | null, 
/**
 * The road.
 */
road: Road, 
/**
 * When.
 */
at: Moment, } | { "state": "sending", 
/**
 * Bytes that headquarters has.
 */
done: number, 
/**
 * Of how many.
 */
total: number, } | { "state": "held", 
/**
 * When headquarters says it received it, UTC milliseconds.
 */
received_at_ms: number, } | { "state": "removed", 
/**
 * When headquarters said it had received it, UTC milliseconds.
 */
received_at_ms: number, } | { "state": "set_aside", 
/**
 * Why.
 */
code: string, };
