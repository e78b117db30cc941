import type { Road } from '../host/types'

/** Where the app is; the address after `#` says the same. */
export type Screen =
  | { name: 'today' }
  | { name: 'start'; form: string | null }
  | { name: 'report'; id: string }
  | { name: 'review'; id: string }
  | { name: 'reports' }
  | { name: 'outbox' }
  | { name: 'photos'; report: string | null }
  | { name: 'carry'; road: Road | null }
  /** `from`: whom it is taken from, where that is known already. */
  | { name: 'receive'; road: Road | null; from?: string }
  | { name: 'team' }
  | { name: 'incident' }
  | { name: 'settings' }
  | { name: 'backup' }
  | { name: 'earlier' }
  | { name: 'earlier-report'; journal: string; id: string }
  | { name: 'anew' }
  | { name: 'wipe' }
  | { name: 'components' }

const PLAIN = [
  'today',
  'reports',
  'outbox',
  'team',
  'incident',
  'settings',
  'backup',
  'earlier',
  'anew',
  'wipe',
  'components',
] as const
const ROADS: readonly Road[] = ['file', 'network', 'codes']

/** The screen an address names; today's for one that names none. */
export function read(hash: string): Screen {
  const [head = '', second, third] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode)
  if (head === 'start') return { name: 'start', form: second ?? null }
  if (head === 'photos') return { name: 'photos', report: second ?? null }
  if (head === 'report' && second) return { name: third === 'review' ? 'review' : 'report', id: second }
  if (head === 'earlier' && second && third) return { name: 'earlier-report', journal: second, id: third }
  const road = ROADS.find((road) => road === second) ?? null
  if (head === 'carry') return { name: head, road }
  if (head === 'receive') return { name: head, road, ...(road && third ? { from: third } : {}) }
  const plain = PLAIN.find((name) => name === head)
  return { name: plain ?? 'today' }
}

/** The address of a screen. */
export function address(screen: Screen): string {
  switch (screen.name) {
    case 'start':
      return screen.form ? `#/start/${encodeURIComponent(screen.form)}` : '#/start'
    case 'report':
      return `#/report/${encodeURIComponent(screen.id)}`
    case 'review':
      return `#/report/${encodeURIComponent(screen.id)}/review`
    case 'earlier-report':
      return `#/earlier/${encodeURIComponent(screen.journal)}/${encodeURIComponent(screen.id)}`
    case 'photos':
      return screen.report ? `#/photos/${encodeURIComponent(screen.report)}` : '#/photos'
    case 'carry':
      return screen.road ? `#/carry/${screen.road}` : '#/carry'
    case 'receive': {
      const road = screen.road ? `#/receive/${screen.road}` : '#/receive'
      return screen.road && screen.from ? `${road}/${encodeURIComponent(screen.from)}` : road
    }
    default:
      return `#/${screen.name}`
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

/** Follows the address bar; `go` moves it. */
export class Router {
  screen = $state.raw<Screen>({ name: 'today' })

  /** Begins to follow; the returned function stops. */
  follow(): () => void {
    const take = (): void => {
      this.screen = read(location.hash)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }

  /** Moves to a screen; `replace` leaves no way back to this one. */
  go(screen: Screen, options: { replace?: boolean } = {}): void {
    const target = address(screen)
    if (options.replace) {
      history.replaceState(null, '', target)
      this.screen = screen
    } else location.hash = target
  }
}
