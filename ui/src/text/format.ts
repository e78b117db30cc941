import { t, texts } from './texts.svelte'

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

/** `3 Apr` from `2011-04-03`. */
export function shortDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? date : shortDay(at)
}

function shortDay(at: Date): string {
  return t('date-short', { day: at.getUTCDate(), month: texts.say(`month-short-${at.getUTCMonth() + 1}`) })
}

/**
 * `Sunday, 3 April 2011` from `2011-04-03`. The names are ours: many systems know no Kazakh ones.
 */
export function longDate(date: string): string {
  const at = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(at.getTime())) return date
  return t('date-long', {
    weekday: texts.say(`weekday-${at.getUTCDay()}`),
    day: at.getUTCDate(),
    month: texts.say(`month-${at.getUTCMonth() + 1}`),
    year: String(at.getUTCFullYear()),
  })
}

/** A number in groups of three: with commas in English, with thin no-break spaces otherwise. */
export function number(value: number): string {
  const [whole = '', fraction] = String(value).split('.')
  const isEnglish = texts.language === 'en'
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, isEnglish ? ',' : '\u202f')
  return fraction === undefined ? grouped : `${grouped}${isEnglish ? '.' : ','}${fraction}`
}

/** A printed figure (`75.0%`) as the language writes it: a comma and a space where English has neither. */
export function figure(text: string): string {
  if (texts.language === 'en') return text
  return text.replace(/(\d)\.(?=\d)/g, '$1,').replace(/(\d)%/g, '$1\u00a0%')
}

/** Bytes in the unit people would say, `24 kB`. */
export function bytes(count: number): string {
  if (count < 1000) return t('size-bytes', { count: String(count) })
  if (count < 1e6) return t('size-kilobytes', { count: number(Math.round(count / 1e3)) })
  return t('size-megabytes', { count: number(Math.round(count / 1e5) / 10) })
}

/** Text in the mission's languages: the screen's, else the first there is. */
export function localised(text: Partial<Record<string, string>>): string {
  return text[texts.language] ?? text.en ?? Object.values(text)[0] ?? ''
}
