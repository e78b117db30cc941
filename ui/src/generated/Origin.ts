// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { EndReason } from "./EndReason";

/**
 * Where a draft came from.
 */
export type Origin = { 
/**
 * The earlier journal.
 */
journal: string, 
/**
 * Why that ended.
 */
reason: EndReason, 
/**
 * Above 0: it was begun there as a correction of this revision, which stands in that journal.
 */
revision: number, };
