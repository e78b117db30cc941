// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Colours of the screen.
 */
export type Theme = "system" | "light" | "dark" | "sun";
