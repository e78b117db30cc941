import { describe, expect, it } from 'vitest'
import { Refusal, type PictureTaken, type TakenIn } from '../../host/types'
import { CodeReading } from './reading.svelte'

const TAKEN = { new: 2 } as TakenIn

/** A core that needs two different codes; a picture says which one it shows. */
function core(): (base64: string) => Promise<PictureTaken> {
  const have = new Set<string>()
  return async (base64) => {
    if (base64 === 'a cat') throw new Refusal({ code: 'no_code_in_picture', args: {} })
    if (base64 === 'full') throw new Refusal({ code: 'carry_full', args: {} })
    if (base64 === 'hand-over') return { found: 1, code: null, handover: 'BH1-X' }
    const complete = have.size === 2
    have.add(base64)
    const taken = have.size === 2 && !complete ? TAKEN : null
    return {
      found: 1,
      code: { reading: { set: 's', have: have.size, needed: 2 }, taken, complete },
      handover: null,
    }
  }
}
const pictures = (...codes: string[]) => codes.map((code) => async () => code)

describe('codes read from pictures', () => {
  it('may come in any order and twice, beside pictures without a code', async () => {
    const reading = new CodeReading(core())
    await reading.open(pictures('2', 'a cat', '2', '1'))
    expect(reading.reading?.have).toBe(2)
    expect(reading.taken).toBe(TAKEN)
    expect(reading.without).toBe(1)
    expect(reading.refusal).toBeNull()
  })
  it('a picture that cannot be opened is counted with those without a code', async () => {
    const reading = new CodeReading(core())
    await reading.open([() => Promise.reject(new Error('torn')), ...pictures('1')])
    expect(reading.without).toBe(1)
    expect(reading.reading?.have).toBe(1)
  })
  it('the code of a hand-over is no code of reports', async () => {
    const reading = new CodeReading(core())
    await reading.open(pictures('hand-over', '1'))
    expect(reading.without).toBe(1)
    expect(reading.reading?.have).toBe(1)
  })
  it('what concerns everything stops the reading and is said', async () => {
    const reading = new CodeReading(core())
    await reading.open(pictures('full', '1'))
    expect(reading.refusal?.code).toBe('carry_full')
    expect(reading.reading).toBeNull()
    expect(reading.pictures).toBeNull()
  })
  it('a series that was complete before is said to be', async () => {
    const look = core()
    await new CodeReading(look).open(pictures('1', '2'))
    const again = new CodeReading(look)
    await again.open(pictures('1'))
    expect(again.isComplete).toBe(true)
    expect(again.taken).toBeNull()
  })
})
