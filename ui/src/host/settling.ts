import type { CommandName, Host } from './types'

/** What puts something on the disk that somebody has just given. */
const WRITES: readonly CommandName[] = ['answer', 'note', 'photo']
/** Longer than any disk takes; locking must not wait for a broken one. */
const PATIENCE_MS = 2000

/** A host that knows whether something is still on its way to the disk. */
export interface SettlingHost extends Host {
  /** Resolves when nothing is, or after two seconds. */
  settled(): Promise<void>
}

/** Watches what goes through a host. */
export function settling(host: Host): SettlingHost {
  const under = new Set<Promise<unknown>>()

  async function drain(): Promise<void> {
    // What waits behind one that has just ended begins a moment later.
    do {
      await Promise.allSettled(under)
      await new Promise((go) => setTimeout(go))
    } while (under.size > 0)
  }

  return {
    call(name, args) {
      const result = host.call(name, args)
      if (WRITES.includes(name)) {
        under.add(result)
        const ended = (): boolean => under.delete(result)
        result.then(ended, ended)
      }
      return result
    },
    listen: (handler) => host.listen(handler),
    settled: () => Promise.race([drain(), new Promise<void>((go) => setTimeout(go, PATIENCE_MS))]),
  }
}
