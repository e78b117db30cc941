// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Parts of a bundle that were not taken. The rest of it was.
 */
export type RefusedPart = { 
/**
 * `segment`, `picture`, `receipt`, `custody`, `config`.
 */
what: string, 
/**
 * Why: a stable code.
 */
code: string, 
/**
 * How many.
 */
count: number, };
