import { texts } from '../text/texts.svelte'

/** `14:02`, in this browser's own zone. */
export function clock(at_ms: number): string {
  return new Intl.DateTimeFormat(texts.language, { hour: '2-digit', minute: '2-digit' }).format(at_ms)
}

/** `3 Apr 2011, 14:02`, in this browser's own zone. */
export function dayAndClock(at_ms: number): string {
  return new Intl.DateTimeFormat(texts.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at_ms)
}

/** `20 min ago`, coarse enough not to flicker. */
export function ago(at_ms: number, now_ms: number = Date.now()): string {
  const format = new Intl.RelativeTimeFormat(texts.language, { numeric: 'auto', style: 'short' })
  const minutes = Math.round((at_ms - now_ms) / 60_000)
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  const hours = Math.round(minutes / 60)
  return Math.abs(hours) < 48 ? format.format(hours, 'hour') : dayAndClock(at_ms)
}
