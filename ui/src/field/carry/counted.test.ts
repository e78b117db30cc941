import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { expect, it } from 'vitest'
import { texts } from '../../text/texts.svelte'
import { packetsAndPhotos, reportsAndPhotos } from './counted'

function speak(language: string): void {
  const bundle = new FluentBundle(language, { useIsolating: false })
  const path = new URL(`../../../../assets/locales/${language}/carry.ftl`, import.meta.url)
  bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
  texts.use(language, bundle)
}

it('photos are named only where there are any, and nothing else is said to be none beside them', () => {
  speak('en')
  expect([reportsAndPhotos(2, 1), reportsAndPhotos(2, 0)]).toEqual(['2 reports, 1 photo', '2 reports'])
  expect([reportsAndPhotos(0, 3), reportsAndPhotos(0, 0)]).toEqual(['3 photos', 'No reports'])
  expect([packetsAndPhotos(1, 2), packetsAndPhotos(0, 2)]).toEqual(['1 sealed packet, 2 photos', '2 photos'])
})
it('what had no room is counted as the language does', () => {
  speak('ru')
  const left = [1, 2, 5].map((count) => texts.say('codes-photos-left', { count }).split('.')[0])
  expect(left).toEqual([
    '1 фото не помещается в коды',
    '2 фото не помещаются в коды',
    '5 фото не помещаются в коды',
  ])
  speak('kk')
  expect(texts.say('codes-photos-left', { count: 5 })).toMatch(/^Кодтарға сыймаған суреттер: 5\./)
})
