import { figure, number } from '../../text/format'

/** `9.0%` of what was answered; a dash when nothing was, which is not zero. */
export function percent(numerator: number, denominator: number | null): string {
  return denominator ? figure(`${((numerator / denominator) * 100).toFixed(1)}%`) : '–'
}

/** `130 / 1,445`, or the count alone when there is nothing to divide by. */
export function fraction(numerator: number, denominator: number | null): string {
  return denominator === null ? number(numerator) : `${number(numerator)} / ${number(denominator)}`
}
