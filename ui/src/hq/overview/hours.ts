import type { Overview } from '../api'

export type Hour = Overview['by_hour'][number]

const HOUR_MS = 3_600_000
/** As many hours stand in the chart at least: the day goes on after the first reports. */
const LEAST = 12
/** Reports that lie further apart than this are shown hour by hour as they came, without the time between. */
const MOST = 48

/** The hours of the chart in a row, those without a report included. */
export function everyHour(hours: readonly Hour[]): Hour[] {
  const known = new Map(hours.map((hour) => [hour.hour, hour]))
  const times = hours.map(({ hour }) => Date.parse(`${hour.replace(' ', 'T')}:00Z`))
  const first = Math.min(...times)
  const span = (Math.max(...times) - first) / HOUR_MS + 1
  if (!(span >= 1 && span <= MOST)) return [...hours]
  return Array.from({ length: Math.max(span, LEAST) }, (_, index) => {
    const hour = new Date(first + index * HOUR_MS).toISOString().slice(0, 16).replace('T', ' ')
    return known.get(hour) ?? { hour, counts: {} }
  })
}

/** How many reports an hour has, of all forms. */
export function total(hour: Hour): number {
  return Object.values(hour.counts).reduce((sum, count) => sum + count, 0)
}

/** The top of the axis: the next even round number, so that its middle is whole too. */
export function axisTop(most: number): number {
  const scale = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return Math.max(2, Math.ceil(most / scale / 2) * 2 * scale)
}
