// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormView } from "./FormView";
import type { ReportRow } from "./ReportRow";

/**
 * What finishing came to.
 */
export type FinishOutcome = { "outcome": "finished", 
/**
 * Its row now.
 */
row: ReportRow, } | { "outcome": "blocked", 
/**
 * The answers, evaluated; `findings` holds the reasons.
 */
view: FormView, };
