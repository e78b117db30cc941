import type { ReportRow, StationHit } from '../../host/types'
import { localised } from '../../text/format'
import { t } from '../../text/texts.svelte'

/** The place of a report in a few words: number and name, or what was typed. */
export function placeOf(row: Pick<ReportRow, 'station' | 'place'>): string {
  if (row.station) return stationName(row.station)
  return row.place ?? t('no-place')
}

/** `214 · School No. 12`, as it is shown: no line ends at a hyphen. The typeface has no no-break hyphen of its own. */
export function stationName(station: StationHit): string {
  const name = localised(station.name)
  const whole = station.number ? `${station.number} · ${name}` : name
  return whole.replaceAll('-', '-\u2060')
}
