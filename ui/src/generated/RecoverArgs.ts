// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Headquarters' answer to a request.
 */
export type RecoverArgs = { 
/**
 * The answer, `BA1-…`.
 */
answer: string, 
/**
 * The new PIN that the request was made with.
 */
pin: string, };
