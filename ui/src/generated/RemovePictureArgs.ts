// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { AttachmentHash } from "./AttachmentHash";

/**
 * A picture to take away.
 */
export type RemovePictureArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * The question's name.
 */
question: string, 
/**
 * SHA-256 of its bytes.
 */
hash: AttachmentHash, };
