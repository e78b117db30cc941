import { expect, it } from 'vitest'
import type { StationHit } from '../../host/types'
import { withChosen } from './hits'

const [a, b, c] = ['A', 'B', 'C'].map((code) => ({ code }) as unknown as StationHit) as [
  StationHit,
  StationHit,
  StationHit,
]

it('a chosen place stays in the list when a new search does not find it, and stands in it once', () => {
  expect(withChosen([a, b], null)).toEqual([a, b])
  expect(withChosen([a, b], b)).toEqual([a, b])
  expect(withChosen([a, b], c)).toEqual([c, a, b])
  expect(withChosen([], c)).toEqual([c])
})
