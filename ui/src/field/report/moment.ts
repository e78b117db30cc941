import type { Moment } from '../../host/types'

/** `2011-04-03T14:02`, on the moment's own clock. */
export function momentText(moment: Moment): string {
  return new Date(moment.utc_ms + moment.offset_min * 60_000).toISOString().slice(0, 16)
}

/** The moment of a wall clock's text at a distance from UTC; `null` when the text is none. */
export function momentOf(text: string, offset_min: number): Moment | null {
  const wall_ms = Date.parse(`${text}Z`)
  return Number.isNaN(wall_ms) ? null : { utc_ms: wall_ms - offset_min * 60_000, offset_min }
}
