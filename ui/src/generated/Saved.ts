// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormView } from "./FormView";
import type { Moment } from "./Moment";

/**
 * What an answer did.
 */
export type Saved = { 
/**
 * When it was durable on this device.
 */
saved_at: Moment, 
/**
 * The answers, evaluated again.
 */
view: FormView, };
