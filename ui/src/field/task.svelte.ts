import { Refusal } from '../host/types'

/** One thing a screen asks of the core: whether it is under way, and why it was refused. */
export class Task {
  isRunning = $state(false)
  refusal = $state.raw<Refusal | null>(null)

  /** Runs `work` unless it already runs; the refusal stays until the next run. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.isRunning) return false
    this.isRunning = true
    this.refusal = null
    try {
      await work()
      return true
    } catch (thrown) {
      this.refusal = Refusal.of(thrown)
      return false
    } finally {
      this.isRunning = false
    }
  }
}

/** What a screen shows, asked for again whenever the core says that it changed; the old stays in view meanwhile. */
export class Answer<T> {
  value = $state.raw<T | null>(null)
  refusal = $state.raw<Refusal | null>(null)
  #asked = 0

  constructor(private readonly ask: () => Promise<T>) {}

  /** Asks; an answer that a later question has overtaken is dropped. */
  async load(): Promise<void> {
    const mine = ++this.#asked
    try {
      const value = await this.ask()
      if (mine === this.#asked) {
        this.value = value
        this.refusal = null
      }
    } catch (thrown) {
      if (mine === this.#asked) this.refusal = Refusal.of(thrown)
    }
  }
}
