const two = (number: number): string => number.toString().padStart(2, '0')

/** The wall clock as an answer: `07:05:00`. */
export function nowTime(at: Date): string {
  return `${two(at.getHours())}:${two(at.getMinutes())}:00`
}

/** The calendar as an answer: `2011-04-03`. */
export function todayDate(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** The wall clock's distance from UTC in minutes, east positive. */
export function offsetMinutes(at: Date): number {
  return -at.getTimezoneOffset()
}

/**
 * What is being typed, as hours and minutes: the fourth digit sets the colon (`0940` becomes `09:40`), three digits wait
 * for it, and whatever stands between two numbers is a colon. No digit is ever left out. What is being erased is left
 * as it is, or the colon would come back.
 */
export function shapeTime(typed: string, isErasing = false): string {
  if (isErasing) return typed
  const text = typed.trim().replace(/(?<=\d)[\s.,:\-]+(?=\d|$)/g, ':')
  return /^\d{4}$/.test(text) ? `${text.slice(0, 2)}:${text.slice(2)}` : text
}

/**
 * The time that was typed: `null` for blank, `undefined` while it is no time. Three digits may still become four, so
 * `930` and `9:30` count only once the field is left (`isDone`).
 */
export function readTime(text: string, isDone = false): string | null | undefined {
  const typed = text.trim()
  if (typed === '') return null
  const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(typed) ?? /^(\d{1,2})(\d{2})$/.exec(typed)
  if (!parts || (!isDone && parts[1]?.length !== 2)) return undefined
  const [hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? '0'))
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined
  return [hours, minutes, seconds].map(two).join(':')
}
