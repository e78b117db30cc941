// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A choice in one language.
 */
export type ChoiceSheet = { 
/**
 * The code that is stored.
 */
code: string, 
/**
 * The label.
 */
label: string, 
/**
 * Whether choosing it excludes the others (`none`).
 */
exclusive: boolean, 
/**
 * Whether the translation awaits a native speaker (⚠).
 */
doubtful: boolean, };
