/** How often it looks at the clock, in milliseconds. */
const LOOK_MS = 250

/** Counts down what the core said that a wrong PIN costs. The clock comes in, so that a test need not wait. */
export class Countdown {
  /** Whole seconds left; 0: no wait. */
  left_s = $state(0)
  #until_ms = 0

  constructor(private readonly now_ms: () => number = () => performance.now()) {}

  /** Waits for so many seconds from now. */
  start(seconds: number): void {
    this.#until_ms = this.now_ms() + seconds * 1000
    this.look()
  }

  /** Looks at the clock a few times a second while there is a wait; for an effect, which stops it. */
  run(over: () => void): (() => void) | undefined {
    if (this.left_s <= 0) return undefined
    const timer = setInterval(() => {
      this.look()
      if (this.left_s === 0) over()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }

  /** Looks at the clock. */
  look(): void {
    this.left_s = Math.max(0, Math.ceil((this.#until_ms - this.now_ms()) / 1000))
  }
}

/** `4:05` of 245 seconds. */
export function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
