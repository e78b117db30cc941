import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeEach, expect, it } from 'vitest'
import { texts } from '../../text/texts.svelte'
import { asideReason, carriedSentence, stateWords } from './state'

beforeEach(() => {
  const bundle = new FluentBundle('en', { useIsolating: false })
  for (const file of ['photos', 'design']) {
    const path = new URL(`../../../../assets/locales/en/${file}.ftl`, import.meta.url)
    bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
  }
  texts.use('en', bundle)
})

it('says how far a photo has come, and "holds" only of what headquarters has signed for', () => {
  expect(stateWords({ state: 'on_device' })).toBe('On this device only')
  expect(stateWords({ state: 'waiting', done: 0, total: 0 })).toBe('Waits to be sent')
  expect(stateWords({ state: 'waiting', done: 65_536, total: 200_000 })).toBe('Waits, 66 kB of 200 kB sent')
  expect(stateWords({ state: 'sending', done: 65_536, total: 200_000 })).toBe('Sending, 66 kB of 200 kB')
  expect(stateWords({ state: 'held', received_at_ms: 1 })).toBe('Headquarters holds it')
})
it('a copy in other hands is said as it is of reports, and never as if headquarters held it', () => {
  const at = { utc_ms: Date.now(), offset_min: 0 }
  const time = new Date(at.utc_ms).toISOString().slice(11, 16)
  const carried = { state: 'carried', by: 'L01', road: 'network', at } as const
  const onFile = { state: 'carried', by: null, road: 'file', at } as const
  expect(stateWords(carried)).toBe('Carried by L01')
  expect(stateWords(onFile)).toBe('On a file, signed for by nobody')
  expect(carriedSentence(carried)).toBe(
    `L01 carries a copy since ${time}. Headquarters has not signed for it yet.`,
  )
  expect(carriedSentence(onFile)).toBe(
    `A copy lies on a file since ${time}, and nobody has signed for it. The photo is safe on this device as well.`,
  )
  expect(carriedSentence({ state: 'held', received_at_ms: 1 })).toBe('')
})
it('says why a photo is set aside, with the code when there is no sentence for it', () => {
  expect(asideReason({ state: 'set_aside', code: 'revoked' })).toBe('This device is revoked.')
  expect(asideReason({ state: 'set_aside', code: 'novel' })).toBe('Code: novel')
  expect(asideReason({ state: 'on_device' })).toBe('')
})
