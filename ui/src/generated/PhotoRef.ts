// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { AttachmentHash } from "./AttachmentHash";

/**
 * A picture by content address.
 */
export type PhotoRef = { 
/**
 * SHA-256 of the stored bytes.
 */
hash: AttachmentHash, 
/**
 * `image/jpeg` or `image/png`.
 */
media_type: string, 
/**
 * Length of the stored bytes.
 */
bytes: number, };
