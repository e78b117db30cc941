import { expect, it } from 'vitest'
import { Hold, HOLD_MS } from './hold'

it('is full only when the finger stayed for the whole time', () => {
  const hold = new Hold()
  expect(hold.share(0)).toBe(0)
  hold.begin(1000)
  expect(hold.share(1000 + HOLD_MS / 2)).toBe(0.5)
  hold.release()
  expect(hold.share(1000 + HOLD_MS)).toBe(0)
  hold.begin(5000)
  expect(hold.share(5000 + HOLD_MS - 1)).toBeLessThan(1)
  expect(hold.share(5000 + HOLD_MS)).toBe(1)
})
it('does not begin anew while it is held, as a key repeats', () => {
  const hold = new Hold()
  hold.begin(0)
  hold.begin(HOLD_MS - 1)
  expect(hold.share(HOLD_MS)).toBe(1)
})
it('takes a second activation soon after the first, and no single one', () => {
  const hold = new Hold()
  expect(hold.activate(0)).toBe(false)
  expect(hold.activate(9000)).toBe(true)
  expect(hold.activate(9100)).toBe(false)
  expect(hold.activate(60_000)).toBe(false)
})
