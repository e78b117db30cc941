// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";

/**
 * What becomes of a finished report's plain answers.
 */
export type Sealing = { "state": "open", 
/**
 * When it ends.
 */
until: Moment, 
/**
 * Whether they stay beyond it until headquarters' receipt covers the report.
 */
waits_for_receipt: boolean, } | { "state": "waits_for_receipt" } | { "state": "due" } | { "state": "sealed", 
/**
 * Since when.
 */
at: Moment, 
/**
 * Pictures that can still be looked at: they go when headquarters has signed for them.
 */
pictures_here: number, } | { "state": "lost", 
/**
 * Since when they are gone.
 */
at: Moment, };
