import { number } from '../../text/format'
import { texts } from '../../text/texts.svelte'

/** `9.0 %` of what was answered; a dash when nothing was, which is not zero. */
export function percent(numerator: number, denominator: number | null): string {
  if (!denominator) return '–'
  return new Intl.NumberFormat(texts.language, {
    style: 'percent',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(numerator / denominator)
}

/** `130 / 1,445`, or the count alone when there is nothing to divide by. */
export function fraction(numerator: number, denominator: number | null): string {
  return denominator === null ? number(numerator) : `${number(numerator)} / ${number(denominator)}`
}
