// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A hand-over by network to wait for.
 */
export type ListenArgs = { 
/**
 * As in [`TakeFileArgs`].
 */
label: string | null, };
