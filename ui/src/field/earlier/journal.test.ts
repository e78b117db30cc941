import { expect, it } from 'vitest'
import type { EndReason } from '../../host/types'
import { asksForPin, shortDevice } from './journal'

it('asks for the PIN of what a PIN opens, and of nothing else', () => {
  const reasons: EndReason[] = ['restored', 'forked', 'corrupt', 'too_new', 'incomplete']
  expect(reasons.filter((reason) => asksForPin({ opened: false, reason }))).toEqual(['restored', 'forked'])
  expect(reasons.filter((reason) => asksForPin({ opened: true, reason }))).toEqual([])
})

it('names a device as headquarters does', () => {
  expect(shortDevice('07d37948aabbccdd0011223344556677')).toBe('07d37948')
})
