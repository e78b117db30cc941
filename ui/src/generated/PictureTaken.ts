// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { CodeTaken } from "./CodeTaken";

/**
 * What the codes in a picture came to.
 */
export type PictureTaken = { 
/**
 * Codes of ours that were found.
 */
found: number, 
/**
 * What the last of them came to.
 */
code: CodeTaken | null, 
/**
 * The code of a hand-over by network, if that is what was found: for `hand_over`.
 */
handover: string | null, };
