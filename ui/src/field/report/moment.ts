import { offsetMinutes } from '../../design/clock'
import type { Moment } from '../../host/types'

/** `2011-04-03T14:02`, as the field for it wants. */
export function momentText(moment: Moment): string {
  return new Date(moment.utc_ms + moment.offset_min * 60_000).toISOString().slice(0, 16)
}

/** The moment that was typed on this device's clock; `null` for blank. */
export function momentOf(text: string): Moment | null {
  const at = new Date(text)
  if (text === '' || Number.isNaN(at.getTime())) return null
  return { utc_ms: at.getTime(), offset_min: offsetMinutes(at) }
}
