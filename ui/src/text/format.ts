import { texts } from './texts.svelte'

/** An instant as the device read it: UTC milliseconds and the local offset beside it. */
export interface LocalMoment {
  utc_ms: number
  offset_min: number
}

/** The moment's own wall clock, whatever zone this machine is in now. */
function wallClock(at: LocalMoment): Date {
  return new Date(at.utc_ms + at.offset_min * 60_000)
}

function isSameDay(a: Date, b: Date): boolean {
  return a.toISOString().slice(0, 10) === b.toISOString().slice(0, 10)
}

/** `14:02`, and the day before it when that is not today's. */
export function clockTime(at: LocalMoment, now_ms: number = Date.now()): string {
  const local = wallClock(at)
  const time = local.toISOString().slice(11, 16)
  const today = wallClock({ utc_ms: now_ms, offset_min: at.offset_min })
  return isSameDay(local, today) ? time : `${shortDay(local)}, ${time}`
}

function shortDay(at: Date): string {
  return new Intl.DateTimeFormat(texts.language, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    at,
  )
}

/** `Sunday, 3 April 2011` from `2011-04-03`. */
export function longDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return new Intl.DateTimeFormat(texts.language, { dateStyle: 'full', timeZone: 'UTC' }).format(at)
}

/** `3 Apr 2011` from `2011-04-03`. */
export function shortDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return new Intl.DateTimeFormat(texts.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(at)
}

/** A number with the language's own grouping. */
export function number(value: number): string {
  return new Intl.NumberFormat(texts.language, { maximumFractionDigits: 6 }).format(value)
}

/** Bytes in the unit people would say, `24 kB`. */
export function bytes(count: number): string {
  const [unit, divisor] =
    count < 1000
      ? (['byte', 1] as const)
      : count < 1e6
        ? (['kilobyte', 1e3] as const)
        : (['megabyte', 1e6] as const)
  return new Intl.NumberFormat(texts.language, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: count < 1e6 ? 0 : 1,
  }).format(count / divisor)
}

/** Text in the mission's languages: the screen's, else the first there is. */
export function localised(text: Partial<Record<string, string>>): string {
  return text[texts.language] ?? text.en ?? Object.values(text)[0] ?? ''
}
