// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What an enrolled device's holder is.
 */
export type Role = "observer" | "long_term_observer" | "team_leader";
