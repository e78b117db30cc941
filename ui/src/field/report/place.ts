/** Where the observers were in a report, so that coming back leads there. Holds ids only, never answers. */
export interface Place {
  section: string
}

const key = (report: string): string => `baqylau.place.${report}`

/** The remembered place; `null` when there is none. */
export function remembered(report: string): Place | null {
  try {
    const place: unknown = JSON.parse(localStorage.getItem(key(report)) ?? 'null')
    return isPlace(place) ? place : null
  } catch {
    return null
  }
}

/** Remembers the place. */
export function remember(report: string, place: Place): void {
  localStorage.setItem(key(report), JSON.stringify(place))
}

/** Forgets it once the report is finished or gone. */
export function forget(report: string): void {
  localStorage.removeItem(key(report))
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === 'object' && value !== null && 'section' in value && typeof value.section === 'string'
  )
}
