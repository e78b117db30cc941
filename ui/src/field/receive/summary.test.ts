import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeEach, expect, it } from 'vitest'
import type { TakenIn } from '../../host/types'
import { texts } from '../../text/texts.svelte'
import { isEmpty, refusedSentence, summary } from './summary'

beforeEach(() => {
  const bundle = new FluentBundle('en', { useIsolating: false })
  const path = new URL('../../../../assets/locales/en/carry.ftl', import.meta.url)
  bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
  texts.use('en', bundle)
})

const nothing: TakenIn = {
  road: 'file',
  label: null,
  at: { utc_ms: 0, offset_min: 0 },
  confirmed: 0,
  new: 0,
  known: 0,
  own: 0,
  pictures_new: 0,
  pictures_known: 0,
  pictures_own: 0,
  pictures_confirmed: 0,
  receipts_new: 0,
  receipts_known: 0,
  in_custody: 0,
  pictures_in_custody: 0,
  custody_by: [],
  updated: false,
  refused: [],
}

it('only what headquarters signed for is said to be held', () => {
  const said = summary({ ...nothing, confirmed: 2, new: 3, in_custody: 1, custody_by: ['L01'] })
  expect(said).toEqual([
    { kind: 'held', lines: ['Headquarters holds 2 more of your reports.'] },
    { kind: 'carried', lines: ['New: 3 sealed packets', 'L01 signed for carrying: 1 sealed packet'] },
  ])
})
it("a carrier's word is never said to be headquarters'", () => {
  const said = summary({ ...nothing, in_custody: 4, custody_by: ['L01', 'L02'] })
  expect(said.map(({ kind }) => kind)).toEqual(['carried'])
  expect(said[0]?.lines.join()).not.toMatch(/headquarters/i)
})
it('photos are counted beside packets, and only where there are any', () => {
  const photos = { pictures_confirmed: 2, pictures_new: 1, pictures_known: 4 }
  expect(summary({ ...nothing, ...photos, confirmed: 1, new: 3, known: 2 })).toEqual([
    {
      kind: 'held',
      lines: ['Headquarters holds 1 more of your reports.', 'Headquarters holds 2 more of your photos.'],
    },
    { kind: 'carried', lines: ['New: 3 sealed packets, 1 photo'] },
    { kind: 'known', lines: ['Known already: 2 sealed packets, 4 photos'] },
  ])
  expect(summary({ ...nothing, pictures_new: 2 })).toEqual([{ kind: 'carried', lines: ['New: 2 photos'] }])
})
it('a photo alone is not nothing', () => {
  for (const one of [
    'pictures_new',
    'pictures_known',
    'pictures_own',
    'pictures_in_custody',
    'pictures_confirmed',
  ]) {
    expect(isEmpty({ ...nothing, [one]: 1 })).toBe(false)
  }
})
it('a photo that was not taken says why', () => {
  expect(refusedSentence({ what: 'picture', code: 'not_a_picture', count: 2 })).toBe(
    'Photos not taken: 2. The data is damaged.',
  )
  expect(refusedSentence({ what: 'picture', code: 'no_room', count: 1 })).toBe(
    'Photos not taken: 1. This device carries as many photos as it can. Bring those to headquarters first.',
  )
})
it('what was not taken says how many and why, and an unknown reason shows its code', () => {
  expect(refusedSentence({ what: 'segment', code: 'not_a_segment', count: 2 })).toBe(
    'Not taken: 2 sealed packets. It is damaged.',
  )
  expect(refusedSentence({ what: 'receipt', code: 'of_tomorrow', count: 1 })).toBe(
    'Receipts not taken: 1. Code: of_tomorrow',
  )
})
it('every kind of part has a sentence of its own', () => {
  for (const what of ['segment', 'picture', 'receipt', 'custody', 'config']) {
    expect(texts.has(`taken-refused-${what}`)).toBe(true)
  }
})
it('what is known already is said, and an empty one too', () => {
  expect(summary({ ...nothing, known: 1, own: 2, receipts_known: 5 })).toEqual([
    {
      kind: 'known',
      lines: [
        'Known already: 1 sealed packet',
        "This device's own, come back: 2 sealed packets",
        'Receipts known already: 5',
      ],
    },
  ])
  expect([isEmpty(nothing), isEmpty({ ...nothing, known: 1 })]).toEqual([true, false])
  expect(summary(nothing)).toEqual([{ kind: 'known', lines: ['There was nothing in it.'] }])
})
