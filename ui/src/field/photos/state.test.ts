import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeEach, expect, it } from 'vitest'
import { texts } from '../../text/texts.svelte'
import { asideReason, stateWords } from './state'

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
it('says why a photo is set aside, with the code when there is no sentence for it', () => {
  expect(asideReason({ state: 'set_aside', code: 'revoked' })).toBe('This device is revoked.')
  expect(asideReason({ state: 'set_aside', code: 'novel' })).toBe('Code: novel')
  expect(asideReason({ state: 'on_device' })).toBe('')
})
