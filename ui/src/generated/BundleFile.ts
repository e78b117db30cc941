// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A bundle's file.
 */
export type BundleFile = { 
/**
 * Its path.
 */
path: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Its bytes.
 */
bytes: number, };
