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

/** What is being typed, as hours and minutes: `0940` becomes `09:40`, `7:` stays until its minutes come. */
export function shapeTime(typed: string): string {
  const parts = typed.replace(/[.,\-\s]/g, ':').match(/^(\d{1,2}):(\d{0,2})/)
  if (parts) return `${parts[1]}:${parts[2]}`
  const digits = typed.replace(/\D/g, '').slice(0, 4)
  return digits.length > 2 ? `${digits.slice(0, -2)}:${digits.slice(-2)}` : digits
}

/**
 * The time that was typed: `null` for blank, `undefined` while it is no time yet. Three digits may still become
 * four, so `7:05` counts only once the field is left (`isDone`).
 */
export function readTime(text: string, isDone = false): string | null | undefined {
  if (text.trim() === '') return null
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (!parts || (!isDone && parts[1]?.length !== 2)) return undefined
  const [hours, minutes] = [Number(parts[1]), Number(parts[2])]
  return hours < 24 && minutes < 60 ? `${two(hours)}:${two(minutes)}:00` : undefined
}
