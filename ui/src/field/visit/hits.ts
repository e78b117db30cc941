import type { StationHit } from '../../host/types'

/** The places found, and before them the chosen one when the search no longer finds it. */
export function withChosen(hits: StationHit[], chosen: StationHit | null): StationHit[] {
  return chosen === null || hits.some((hit) => hit.code === chosen.code) ? hits : [chosen, ...hits]
}
