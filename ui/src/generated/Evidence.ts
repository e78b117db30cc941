// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";

/**
 * The state of the evidence, in figures for one sentence.
 */
export type Evidence = { 
/**
 * When an answer was last made durable; `None`: never.
 */
saved_at: Moment | null, 
/**
 * Finished reports.
 */
finished: number, 
/**
 * Of these, those headquarters has signed for.
 */
held: number, 
/**
 * Of these, those that wait to be sent or to be confirmed.
 */
waiting: number, 
/**
 * Of those that wait, what is in other hands; headquarters has confirmed none of it.
 */
carried: number, 
/**
 * When the last exchange with headquarters succeeded.
 */
last_exchange: Moment | null, 
/**
 * The error code of the last attempt, if it failed.
 */
last_error: string | null, };
