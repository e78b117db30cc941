import { expect, it } from 'vitest'
import { Countdown, minutes } from './countdown.svelte'

it('counts by the clock, however seldom it looks', () => {
  let now = 5_000
  const countdown = new Countdown(() => now)
  expect(countdown.left_s).toBe(0)
  countdown.start(60)
  expect(countdown.left_s).toBe(60)
  now += 45_500
  countdown.look()
  expect(countdown.left_s).toBe(15)
  now += 3_600_000
  countdown.look()
  expect(countdown.left_s).toBe(0)
})
it('reads like a clock', () => {
  expect([5, 60, 245, 1800].map(minutes)).toEqual(['0:05', '1:00', '4:05', '30:00'])
})
