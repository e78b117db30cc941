import { expect, test } from 'vitest'
import { fraction, percent } from './share'

test('a share of nothing is a dash, not zero', () => {
  expect(percent(0, 0)).toBe('–')
  expect(percent(3, null)).toBe('–')
})

test('a share keeps one decimal', () => {
  expect(percent(130, 1445)).toBe('9.0%')
})

test('a count without a denominator stands alone', () => {
  expect(fraction(219, null)).toBe('219')
  expect(fraction(130, 1445)).toBe('130 / 1,445')
})
