// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { BundleFile } from "./BundleFile";

/**
 * A folder.
 */
export type CarryPlace = { 
/**
 * Its path.
 */
path: string, 
/**
 * Whether it is a stick or a card, and not a folder of this machine.
 */
removable: boolean, 
/**
 * Bundles in it, latest first.
 */
bundles: Array<BundleFile>, };
