import { expect, test } from 'vitest'
import { texts } from '../../text/texts.svelte'
import { fraction, percent } from './share'

test('a share of nothing is a dash, not zero', () => {
  expect(percent(0, 0)).toBe('–')
  expect(percent(3, null)).toBe('–')
})

test('a share keeps one decimal', () => {
  expect(percent(130, 1445)).toBe('9.0%')
  texts.language = 'kk'
  expect(percent(130, 1445)).toBe('9,0\u00a0%')
  texts.language = 'en'
})

test('a count without a denominator stands alone', () => {
  expect(fraction(219, null)).toBe('219')
  expect(fraction(130, 1445)).toBe('130 / 1,445')
})
