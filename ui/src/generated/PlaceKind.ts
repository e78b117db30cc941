// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * Which place a form is about.
 */
export type PlaceKind = "station" | "commission" | "anywhere";
