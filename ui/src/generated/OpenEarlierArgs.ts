// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * An earlier journal to open.
 */
export type OpenEarlierArgs = { 
/**
 * Which, as in [`crate::view::EarlierJournal`].
 */
journal: string, 
/**
 * The PIN it was locked with.
 */
pin: string, };
