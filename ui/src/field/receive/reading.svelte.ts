import { Refusal, type PictureTaken, type Reading, type TakenIn } from '../../host/types'

/** Codes of a series that are read from pictures, whatever their order and however often. */
export class CodeReading {
  /** How far the series is; `null`: none of its codes was read. */
  reading = $state.raw<Reading | null>(null)
  taken = $state.raw<TakenIn | null>(null)
  /** The series was complete before. */
  isComplete = $state(false)
  /** Pictures read of those that were opened; `null`: none is being read. */
  pictures = $state.raw<{ done: number; total: number } | null>(null)
  /** Pictures of the last opening that have no code of ours in them. */
  without = $state(0)
  refusal = $state.raw<Refusal | null>(null)

  constructor(private readonly look: (base64: string) => Promise<PictureTaken>) {}

  /** Reads one picture. Returns whether everything is there. @throws {Refusal} when it has no code of ours. */
  async read(base64: string): Promise<boolean> {
    const { code, handover } = await this.look(base64)
    if (!code && handover !== null) throw new Refusal({ code: 'not_a_code', args: {} })
    if (!code) return false
    this.reading = code.reading
    this.isComplete = code.complete
    this.taken = code.taken ?? this.taken
    return code.complete || code.taken !== null
  }

  /** Reads pictures one after the other; one without a code is counted, and the rest goes on. */
  async open(pictures: readonly (() => Promise<string>)[]): Promise<void> {
    if (this.pictures) return
    this.without = 0
    this.refusal = null
    try {
      for (const [done, picture] of pictures.entries()) {
        this.pictures = { done: done + 1, total: pictures.length }
        if (await this.#one(picture)) return
      }
    } catch (thrown) {
      this.refusal = Refusal.of(thrown)
    } finally {
      this.pictures = null
    }
  }

  /** Begins anew. */
  clear(): void {
    this.reading = this.taken = this.refusal = null
    this.isComplete = false
    this.without = 0
  }

  async #one(picture: () => Promise<string>): Promise<boolean> {
    const base64 = await picture().catch(() => null)
    try {
      if (base64 !== null) return await this.read(base64)
    } catch (thrown) {
      const refusal = Refusal.of(thrown)
      if (!WITHOUT_A_CODE.includes(refusal.code)) throw refusal
    }
    this.without += 1
    return false
  }
}

/** Refusals that concern one picture only. */
export const WITHOUT_A_CODE: readonly string[] = ['no_code_in_picture', 'not_a_picture', 'not_a_code']
