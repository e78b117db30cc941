/**
 * The number that people typed: `null` for blank, `undefined` while the text is no number yet ("-").
 * A comma is a decimal point in two of our three languages.
 */
export function readNumber(text: string, decimal: boolean): number | null | undefined {
  const clean = text.trim().replace(',', '.')
  if (clean === '') return null
  const shape = decimal ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/
  if (!shape.test(clean)) return undefined
  const value = Number(clean)
  return Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? value : undefined
}
