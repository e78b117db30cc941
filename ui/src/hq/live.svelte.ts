import { listen, Refusal } from './api'

/** How long to wait after a change before asking again: one batch is many changes. */
const SETTLE_MS = 400

/** Something asked of headquarters and asked again whenever headquarters says that it changed. */
export class Live<T> {
  value = $state.raw<T | null>(null)
  failure = $state.raw<string | null>(null)
  busy = $state(true)
  #asked = 0

  constructor(private readonly fetch: () => Promise<T>) {}

  /** Asks once; the newest question wins when answers overtake each other. */
  async ask(): Promise<void> {
    const turn = ++this.#asked
    this.busy = true
    try {
      const value = await this.fetch()
      if (turn !== this.#asked) return
      this.value = value
      this.failure = null
    } catch (error) {
      if (turn !== this.#asked) return
      this.failure = error instanceof Refusal ? error.code : 'internal'
    } finally {
      if (turn === this.#asked) this.busy = false
    }
  }

  /** Asks now and after every change, until the returned function is called. */
  follow(): () => void {
    void this.ask()
    let waiting: ReturnType<typeof setTimeout> | undefined
    const stop = listen(() => {
      clearTimeout(waiting)
      waiting = setTimeout(() => void this.ask(), SETTLE_MS)
    })
    return () => {
      clearTimeout(waiting)
      stop()
    }
  }
}
