// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Reading } from "./Reading";
import type { TakenIn } from "./TakenIn";

/**
 * What a code that was read came to.
 */
export type CodeTaken = { 
/**
 * How far its series is.
 */
reading: Reading, 
/**
 * What the bundle brought, with the code that completed it.
 */
taken: TakenIn | null, 
/**
 * Whether the series was complete before.
 */
complete: boolean, };
