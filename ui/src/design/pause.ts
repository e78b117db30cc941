/** Calls `action` once `delay_ms` have passed without another call; `flush` does it at once. */
export class Pause {
  #timer: ReturnType<typeof setTimeout> | undefined
  #pending: (() => void) | undefined

  constructor(private readonly delay_ms: number) {}

  later(action: () => void): void {
    clearTimeout(this.#timer)
    this.#pending = action
    this.#timer = setTimeout(() => this.flush(), this.delay_ms)
  }

  flush(): void {
    clearTimeout(this.#timer)
    const action = this.#pending
    this.#pending = undefined
    action?.()
  }
}
