const two = (number: number): string => number.toString().padStart(2, '0')

/** `03.04.2011` from `2011-04-03`: the day first, in every language of ours. */
export function showDate(value: string): string {
  return value.split('-').reverse().join('.')
}

/**
 * What is being typed, as day, month and year: the eighth digit sets the dots (`03042011`), and whatever stands between
 * two numbers is a dot. What is being erased is left as it is.
 */
export function shapeDate(typed: string, isErasing = false): string {
  if (isErasing) return typed
  const text = typed.trim().replace(/(?<=\d)[\s.,/\-]+(?=\d|$)/g, '.')
  return /^\d{8}$/.test(text) ? `${text.slice(0, 2)}.${text.slice(2, 4)}.${text.slice(4)}` : text
}

/** The date that was typed as `2011-04-03`: `null` for blank, `undefined` while it is none. */
export function readDate(text: string): string | null | undefined {
  const typed = shapeDate(text)
  if (typed === '') return null
  const [day, month, year] = (
    /^\d{4}\.\d{2}\.\d{2}$/.test(typed) ? typed.split('.').reverse() : typed.split('.')
  ).map((part) => (/^(\d{1,2}|\d{4})$/.test(part) ? Number(part) : NaN))
  if (typed.split('.').length !== 3 || !day || !month || !year || year < 1900 || year > 2099) return undefined
  const at = new Date(Date.UTC(year, month - 1, day))
  if (at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  return `${year}-${two(month)}-${two(day)}`
}
