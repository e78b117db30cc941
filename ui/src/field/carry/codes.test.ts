import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Args, CommandName, Result } from '../../host/types'
import { CodeShow, RATES } from './codes.svelte'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** A core that makes codes without end, and fails at the number `bad`. */
function show(isStill: boolean, bad = -1): { codes: CodeShow; faults: unknown[] } {
  const faults: unknown[] = []
  const call = async <Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>> => {
    if (name === 'make_codes') return { set: 's', needed: 3, holds: {} } as Result<Name>
    const { number } = args as Args<'code_frame'>
    if (number === bad) throw new Error('gone')
    return { number, text: '', size: 21, path: '' } as Result<Name>
  }
  return { codes: new CodeShow(call, isStill, (thrown) => faults.push(thrown)), faults }
}

describe('a series of codes', () => {
  it('runs on past the number that can be enough, for those who missed one', async () => {
    const { codes } = show(false)
    await codes.begin('own')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(codes.isRunning).toBe(true)
    expect(codes.picture?.number).toBeGreaterThan(3)
  })
  it('stands still where less motion is asked for, and is stepped by hand', async () => {
    const { codes } = show(true)
    await codes.begin('own')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(codes.picture?.number).toBe(0)
    await codes.step(1)
    await codes.step(1)
    await codes.step(-1)
    expect(codes.picture?.number).toBe(1)
    expect(codes.isRunning).toBe(false)
  })
  it('pauses where it is, and goes on from there', async () => {
    const { codes } = show(false)
    await codes.begin('own')
    await vi.advanceTimersByTimeAsync(1_000)
    codes.toggle()
    const at = codes.picture?.number ?? 0
    await vi.advanceTimersByTimeAsync(5_000)
    expect(codes.picture?.number).toBe(at)
    codes.toggle()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(codes.picture?.number).toBeGreaterThan(at)
  })
  it('has a slowest and a fastest, and none of them flashes three times a second', async () => {
    const { codes } = show(true)
    for (const _ of RATES) codes.slower()
    expect([codes.rate, codes.isSlowest]).toEqual([RATES[0], true])
    for (const _ of RATES) codes.faster()
    expect([codes.rate, codes.isFastest]).toEqual([RATES.at(-1), true])
    expect(Math.max(...RATES) / 2).toBeLessThan(3)
  })
  it('stops and says so when the core gives no more', async () => {
    const { codes, faults } = show(false, 2)
    await codes.begin('own')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(codes.picture?.number).toBe(1)
    expect(codes.isRunning).toBe(false)
    expect(faults).toHaveLength(1)
  })
  it('shows nothing more after its end', async () => {
    const { codes } = show(false)
    await codes.begin('own')
    codes.end()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(codes.picture?.number).toBe(0)
  })
})
