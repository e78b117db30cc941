import { expect, it } from 'vitest'
import type { Carriers } from '../../host/types'
import { fileName } from './places'
import { carriesForOthers, hasLoad, isTooMuchForCodes, loadBytes } from './roads'

const carriers = (own_bytes: number, waiting_bytes = 0, receipts = 0) =>
  ({
    own_bytes,
    carried: { waiting: waiting_bytes > 0 ? 1 : 0, waiting_bytes, receipts },
    most_code_bytes: 1000,
  }) as Carriers

it('what is carried for others counts only where it goes along', () => {
  expect(loadBytes(carriers(300, 800), 'own')).toBe(300)
  expect(loadBytes(carriers(300, 800), 'all')).toBe(1100)
  expect(isTooMuchForCodes(carriers(300, 800), 'own')).toBe(false)
  expect(isTooMuchForCodes(carriers(300, 800), 'all')).toBe(true)
})
it('receipts alone are something to hand over', () => {
  expect(hasLoad(carriers(0))).toBe(false)
  expect(hasLoad(carriers(0, 0, 2))).toBe(true)
  expect(carriesForOthers(carriers(5))).toBe(false)
})
it('a file is called by its name whatever the system', () => {
  expect(fileName('/media/a/STICK/1.obsb')).toBe('1.obsb')
  expect(fileName('E:\\1.obsb')).toBe('1.obsb')
})
