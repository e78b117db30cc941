// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * A section (a group of the form) in one language.
 */
export type SectionSheet = { 
/**
 * The group's name.
 */
id: string, 
/**
 * Its heading.
 */
title: string, 
/**
 * Question names in order, those of inner groups included.
 */
questions: Array<string>, };
