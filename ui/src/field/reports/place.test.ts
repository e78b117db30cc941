import { expect, it } from 'vitest'
import type { StationHit } from '../../host/types'
import { placeOf, stationName } from './place'

const station = {
  number: '12',
  name: { en: 'Kindergarten No. 3, Al-Farabi street' },
} as unknown as StationHit

it('a station is its number and name, and no line ends at a hyphen', () => {
  expect(stationName(station)).toBe('12 · Kindergarten No. 3, Al-\u2060Farabi street')
  expect(stationName({ ...station, number: '' })).toBe('Kindergarten No. 3, Al-\u2060Farabi street')
})

it('a place that was typed stays as it was typed', () => {
  expect(placeOf({ station: null, place: 'School-gymnasium' })).toBe('School-gymnasium')
})
