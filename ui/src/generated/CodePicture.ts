// Generated from crates/field by `cargo xtask gen`. Do not edit.

/**
 * One code as a picture.
 */
export type CodePicture = { 
/**
 * Its number in the series, from 0; 0 for a code that stands alone.
 */
number: number, 
/**
 * What it says.
 */
text: string, 
/**
 * Modules of a side, the quiet ones around it included.
 */
size: number, 
/**
 * The dark modules as the path of an SVG picture of that size.
 */
path: string, };
