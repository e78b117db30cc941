import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { expect, it } from 'vitest'
import { texts } from '../text/texts.svelte'
import { deliveryWords } from './delivery'

const STATES = ['on_device', 'waiting', 'sent', 'carried', 'held', 'quarantined'] as const

it.each(['en', 'ru', 'kk'])(
  'every state has words of its own, and none lacks an argument: %s',
  (language) => {
    const bundle = new FluentBundle(language, { useIsolating: false })
    const path = new URL(`../../../assets/locales/${language}/design.ftl`, import.meta.url)
    bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
    texts.use(language, bundle)
    const words = [
      ...STATES.map((state) => deliveryWords({ state, by: 'L01' })),
      deliveryWords({ state: 'carried' }),
    ]
    expect(new Set(words).size).toBe(words.length)
    expect(words.join()).not.toContain('{')
    expect(deliveryWords({ state: 'carried', by: 'L01' })).toContain('L01')
  },
)
