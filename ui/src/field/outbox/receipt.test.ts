import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeEach, expect, it } from 'vitest'
import type { Evidence } from '../../host/types'
import { texts } from '../../text/texts.svelte'
import { receiptSentence } from './receipt'

beforeEach(() => {
  const bundle = new FluentBundle('en', { useIsolating: false })
  for (const file of ['field', 'photos']) {
    const path = new URL(`../../../../assets/locales/en/${file}.ftl`, import.meta.url)
    bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
  }
  texts.use('en', bundle)
})

const evidence = (held: number) => ({ held }) as Evidence
const outcome = (confirmed: number, held: number, delivered = 0, pictures = 0) => ({
  confirmed,
  evidence: evidence(held),
  updated: false,
  delivered,
  pictures,
})

it('the receipt counts reports, of which each has several entries in the journal', () => {
  expect(receiptSentence(evidence(0), outcome(3, 1))).toBe('Headquarters signed for 1 report.')
  expect(receiptSentence(evidence(1), outcome(6, 3))).toBe('Headquarters signed for 2 reports.')
})
it('what belongs to no new report is signed for without a number', () => {
  expect(receiptSentence(evidence(3), outcome(1, 3))).toBe('Headquarters signed for what was sent.')
})
it('nothing new is said to be nothing', () => {
  expect(receiptSentence(evidence(3), outcome(0, 3))).toBe('Nothing new to send. All is up to date.')
})
it('what was brought for others is said besides, or alone when there was nothing of their own', () => {
  const others = 'Headquarters also took what you carried for others: 4'
  expect(receiptSentence(evidence(0), outcome(3, 1, 4))).toBe(`Headquarters signed for 1 report. ${others}`)
  expect(receiptSentence(evidence(3), outcome(0, 3, 4))).toBe(others)
})
it('photos are signed for one by one, and said after the reports', () => {
  expect(receiptSentence(evidence(3), outcome(0, 3, 0, 1))).toBe('Headquarters signed for 1 photo.')
  expect(receiptSentence(evidence(0), outcome(3, 1, 0, 2))).toBe(
    'Headquarters signed for 1 report. Headquarters signed for 2 photos.',
  )
})
