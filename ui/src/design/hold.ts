/** How long a finger stays on what cannot be taken back, in ms. */
export const HOLD_MS = 1500
/** How long the first of two activations by a screen reader counts, in ms. */
const ARMED_MS = 10_000

/** A button that is pressed and held. The clock comes in, so that nothing here waits. */
export class Hold {
  #since: number | null = null
  #armed: number | null = null

  get isHeld(): boolean {
    return this.#since !== null
  }

  /** The finger is down. */
  begin(now: number): void {
    this.#since ??= now
  }

  /** The finger is up, or was taken away. */
  release(): void {
    this.#since = null
  }

  /** How much of the time is over, 0 to 1. */
  share(now: number): number {
    if (this.#since === null) return 0
    return Math.min(1, Math.max(0, (now - this.#since) / HOLD_MS))
  }

  /**
   * An activation without a finger or a key, as screen readers, voices and switches give it. They cannot hold: the
   * second one soon after the first stands for it. Whether this was the second.
   */
  activate(now: number): boolean {
    const isSecond = this.#armed !== null && now - this.#armed <= ARMED_MS
    this.#armed = isSecond ? null : now
    return isSecond
  }
}
