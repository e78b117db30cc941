// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A device: the first 16 bytes of SHA-256 over its public key.
 */
export type DeviceId = string;
