import { expect, test } from 'vitest'
import { newPinFault } from './new-pin'

test('a new PIN is long enough and typed twice alike', () => {
  expect(newPinFault('20481', '20481')).toBe('pin-too-short')
  expect(newPinFault('204811', '204812')).toBe('pin-differs')
  expect(newPinFault('204811', '')).toBe('pin-differs')
  expect(newPinFault('204811', '204811')).toBeNull()
})
