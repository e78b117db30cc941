// Generated from crates/field by `cargo xtask gen`. Do not edit.
import type { FormId } from "./FormId";
import type { PlaceKind } from "./PlaceKind";

/**
 * A form the holder may begin.
 */
export type FormBrief = { 
/**
 * Its id.
 */
id: FormId, 
/**
 * Its letter on paper, `B`.
 */
letter: string, 
/**
 * Its title in the mission's languages.
 */
title: { [key in string]: string }, 
/**
 * Which place it is about.
 */
place: PlaceKind, 
/**
 * Sent before everything else.
 */
urgent: boolean, 
/**
 * The time of day from which it is expected, local minutes after midnight; `None`: any time.
 */
from_min: number | null, 
/**
 * How many a team files on the day at most; `None`: as many as there are visits.
 */
per_team: number | null, };
