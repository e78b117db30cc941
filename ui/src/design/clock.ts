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
