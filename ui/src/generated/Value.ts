// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { Location } from "./Location";
import type { Moment } from "./Moment";
import type { PhotoRef } from "./PhotoRef";

/**
 * One answer. Choices are codes, never labels.
 */
export type Value = { "t": "text", "v": string } | { "t": "integer", "v": number } | { "t": "decimal", "v": number } | { "t": "date", "v": string } | { "t": "time", "v": string } | { "t": "date_time", "v": Moment } | { "t": "choice", "v": string } | { "t": "choices", "v": Array<string> } | { "t": "location", "v": Location } | { "t": "photo", "v": PhotoRef } | { "t": "acknowledged" };
