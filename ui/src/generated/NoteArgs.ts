// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A note.
 */
export type NoteArgs = { 
/**
 * The report's local id.
 */
id: string, 
/**
 * The question's name; `null`: the whole report.
 */
question: string | null, 
/**
 * The note.
 */
text: string, };
