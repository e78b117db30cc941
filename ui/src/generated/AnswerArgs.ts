// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Value } from "./Value";

/**
 * An answer.
 */
export type AnswerArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * The question's name.
 */
question: string, 
/**
 * The answer; `null` clears it.
 */
value: Value | null, };
