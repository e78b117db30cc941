// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { StationCode } from "./StationCode";

/**
 * A place found in the register.
 */
export type StationHit = { 
/**
 * Its code.
 */
code: StationCode, 
/**
 * Its number as painted on the door.
 */
number: string, 
/**
 * Name and address in the mission's languages.
 */
name: { [key in string]: string }, 
/**
 * District and region in the mission's languages.
 */
within: { [key in string]: string }, 
/**
 * Its type's code (`regular`, `hospital` …).
 */
kind: string, 
/**
 * Whether it lies in the team's area.
 */
in_area: boolean, 
/**
 * Reports this device already has about it.
 */
reports_here: number, };
