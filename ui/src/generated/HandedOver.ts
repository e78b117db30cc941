// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Holds } from "./Holds";
import type { TakenIn } from "./TakenIn";
import type { TeamCode } from "./TeamCode";

/**
 * A bundle that a carrier took over and signed for.
 */
export type HandedOver = { 
/**
 * The carrier's team, as its certificate says.
 */
by: TeamCode, 
/**
 * What was handed over.
 */
holds: Holds, 
/**
 * What came back.
 */
taken: TakenIn, };
