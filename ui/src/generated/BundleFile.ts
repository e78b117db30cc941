// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Moment } from "./Moment";

/**
 * The file of a bundle or of a backup.
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
bytes: number, 
/**
 * When it was last written, by the medium's own word; `None`: it has none.
 */
written_at: Moment | null, };
