// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * What kind of answer a question takes.
 */
export type QuestionKind = "integer" | "decimal" | "text" | "select_one" | "select_multiple" | "date" | "time" | "date_time" | "note" | "calculate" | "image" | "location" | "acknowledge";
