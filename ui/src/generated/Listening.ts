// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { CodePicture } from "./CodePicture";
import type { Moment } from "./Moment";

/**
 * A hand-over by network that this device waits for.
 */
export type Listening = { 
/**
 * The code to show.
 */
code: CodePicture, 
/**
 * Addresses of this device in it, for whoever looks why it is not found.
 */
addresses: Array<string>, 
/**
 * What the holder calls whoever is to bring something.
 */
label: string | null, 
/**
 * When it ends by itself.
 */
until: Moment, };
