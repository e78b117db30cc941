// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormBrief } from "./FormBrief";
import type { ObserverCode } from "./ObserverCode";
import type { Role } from "./Role";
import type { TeamCode } from "./TeamCode";

/**
 * Who holds this device, and for which mission.
 */
export type Holder = { 
/**
 * The mission's name in its languages.
 */
mission: { [key in string]: string }, 
/**
 * Whether register, teams and answers are synthetic, and must be labelled so.
 */
synthetic: boolean, 
/**
 * The mission's languages in order.
 */
languages: Array<string>, 
/**
 * What the holder may do.
 */
role: Role, 
/**
 * The team.
 */
team: TeamCode, 
/**
 * The team's observers.
 */
observers: Array<ObserverCode>, 
/**
 * The team's area in words.
 */
area: { [key in string]: string }, 
/**
 * The mission's forms in the order of the day.
 */
forms: Array<FormBrief>, };
