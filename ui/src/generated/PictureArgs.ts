// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { AttachmentHash } from "./AttachmentHash";

/**
 * A picture to look at.
 */
export type PictureArgs = { 
/**
 * SHA-256 of its bytes.
 */
hash: AttachmentHash, };
