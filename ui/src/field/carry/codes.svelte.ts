import type { Args, CodePicture, CommandName, Codes, Load, Result } from '../../host/types'

/** Codes a second that can be chosen. Two changes of a place make one flash, so there are fewer than three a second. */
export const RATES = [1, 2, 3, 4, 5] as const
const USUAL_RATE = 3

type Call = <Name extends CommandName>(name: Name, args: Args<Name>) => Promise<Result<Name>>

/** A series of codes on the screen: it runs by itself, or is stepped through by hand. */
export class CodeShow {
  codes = $state.raw<Codes | null>(null)
  picture = $state.raw<CodePicture | null>(null)
  isRunning = $state(false)
  #rate = $state(RATES.indexOf(USUAL_RATE))
  #timer: ReturnType<typeof setTimeout> | undefined
  #asked = 0

  /** `isStill`: less motion is asked for, so nothing runs before somebody says so. */
  constructor(
    private readonly call: Call,
    private readonly isStill: boolean,
    private readonly onfail: (thrown: unknown) => void,
  ) {}

  /** Codes a second. */
  readonly rate: number = $derived(RATES[this.#rate] ?? USUAL_RATE)
  readonly isSlowest: boolean = $derived(this.#rate === 0)
  readonly isFastest: boolean = $derived(this.#rate === RATES.length - 1)

  /** Makes the series and shows its first code. */
  async begin(load: Load): Promise<void> {
    const codes = await this.call('make_codes', { load })
    const first = await this.call('code_frame', { set: codes.set, number: 0 })
    this.codes = codes
    this.picture = first
    if (!this.isStill) this.run()
  }

  run(): void {
    this.isRunning = true
    this.#later()
  }

  pause(): void {
    this.isRunning = false
    clearTimeout(this.#timer)
  }

  toggle(): void {
    if (this.isRunning) this.pause()
    else this.run()
  }

  slower(): void {
    this.#rate = Math.max(0, this.#rate - 1)
  }

  faster(): void {
    this.#rate = Math.min(RATES.length - 1, this.#rate + 1)
  }

  /** One code on or back, by hand: what runs stops. */
  async step(by: 1 | -1): Promise<void> {
    this.pause()
    await this.#show((this.picture?.number ?? 0) + by)
  }

  /** Ends it; the screen goes away. */
  end(): void {
    this.pause()
    this.#asked += 1
  }

  #later(spent_ms = 0): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#next(), Math.max(0, 1000 / this.rate - spent_ms))
  }

  async #next(): Promise<void> {
    const began = performance.now()
    await this.#show((this.picture?.number ?? -1) + 1)
    if (this.isRunning) this.#later(performance.now() - began)
  }

  /** Shows a code, unless another was asked for meanwhile. */
  async #show(number: number): Promise<void> {
    if (!this.codes || number < 0) return
    const mine = ++this.#asked
    try {
      const picture = await this.call('code_frame', { set: this.codes.set, number })
      if (mine === this.#asked) this.picture = picture
    } catch (thrown) {
      if (mine !== this.#asked) return
      this.pause()
      this.onfail(thrown)
    }
  }
}
