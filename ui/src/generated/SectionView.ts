// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Progress } from "./Progress";

/**
 * A section, evaluated.
 */
export type SectionView = { 
/**
 * The group's name.
 */
id: string, 
/**
 * Whether it applies at all.
 */
relevant: boolean, 
/**
 * Progress over its visible questions.
 */
progress: Progress, };
