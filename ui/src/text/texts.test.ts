import { readFileSync } from 'node:fs'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { beforeEach, describe, expect, it } from 'vitest'
// @ts-expect-error the generator is plain JavaScript
import { messages, ofLanguage, source } from '../../scripts/messages.mjs'
import { bytes, clockTime, longDate, number } from './format'
import { findingWord } from './codes'
import { t, texts } from './texts.svelte'

const LANGUAGES = ['ru', 'kk']
const english: Map<string, Set<string>> = ofLanguage('en')

function read(language: string, ...subjects: string[]): FluentBundle {
  const bundle = new FluentBundle(language, { useIsolating: false })
  for (const subject of subjects) {
    const path = new URL(`../../../assets/locales/${language}/${subject}.ftl`, import.meta.url)
    const faults = bundle.addResource(new FluentResource(readFileSync(path, 'utf8')))
    expect(faults).toEqual([])
  }
  return bundle
}

describe.each(LANGUAGES)('the sentences in %s', (language) => {
  const theirs: Map<string, Set<string>> = ofLanguage(language)
  it('are the same ones as in English', () => {
    expect([...theirs.keys()].sort()).toEqual([...english.keys()].sort())
  })
  it('use no argument that English does not have', () => {
    for (const [id, names] of theirs) {
      const known = english.get(id) ?? new Set()
      expect([id, [...names].filter((name) => !known.has(name))]).toEqual([id, []])
    }
  })
})

describe.each(['en', ...LANGUAGES])('the sentences of the field app in %s', (language) => {
  const file = (subject: string): string =>
    readFileSync(new URL(`../../../assets/locales/${language}/${subject}.ftl`, import.meta.url), 'utf8')

  it('quote as the language does, never with straight marks', () => {
    for (const subject of ['design', 'field', 'backup', 'carry', 'findings', 'errors', 'hq']) {
      const said = file(subject)
        .replace(/^#.*$/gm, '')
        .replace(/\{ "[^"]*" \}/g, '')
      expect([subject, said.match(/^.*".*$/gm)]).toEqual([subject, null])
    }
  })
  it('leave it to the outbox to say that nothing is lost when headquarters does not answer', () => {
    const said = read(language, 'errors').getMessage('error-unreachable')?.value
    expect(said).not.toMatch(/saved|сохран|сақта/i)
  })
  it('call what is wrong another thing than what is missing', () => {
    texts.use(language, read(language, 'findings'))
    expect(findingWord('block', 'constraint')).not.toBe(findingWord('block', 'required'))
    expect(findingWord('block', 'B59.required')).toBe(findingWord('block', 'required'))
    expect(findingWord('warn', 'B59.required')).toBe(t('finding-level-warn'))
  })
})

it('the typed ids are those of the English files', () => {
  expect(readFileSync(new URL('./ids.ts', import.meta.url), 'utf8')).toBe(source())
})

it('the generator sees arguments in later lines of a sentence and in its variants', () => {
  const found: Map<string, Set<string>> = messages(
    'a = one\n    { $n ->\n       *[other] { $where }\n    }\n# b\nc = d\n',
  )
  expect([...found].map(([id, names]) => [id, [...names]])).toEqual([
    ['a', ['n', 'where']],
    ['c', []],
  ])
})

describe('in Kazakh', () => {
  beforeEach(() => texts.use('kk', read('kk', 'design', 'field')))

  it('dates and sizes need nothing of the system', () => {
    expect(longDate('2011-04-03')).toBe('2011\u00a0жылғы 3\u00a0сәуір, жексенбі')
    expect(number(9181700)).toBe('9\u202f181\u202f700')
    expect(bytes(24_300)).toBe('24 кБ')
  })
  it('a moment reads as on the clock that wrote it', () => {
    const at = { utc_ms: Date.UTC(2011, 3, 3, 8, 2), offset_min: 360 }
    expect(clockTime(at, at.utc_ms + 60_000)).toBe('14:02')
    expect(clockTime(at, at.utc_ms + 86_400_000)).toBe('3\u00a0сәу., 14:02')
  })
})

describe('in Russian', () => {
  it('plurals follow the number', () => {
    texts.use('ru', read('ru', 'design', 'field'))
    expect([1, 3, 11].map((waiting) => t('evidence-waiting', { waiting }))).toEqual([
      '1 отчёт ждёт отправки',
      '3 отчёта ждут отправки',
      '11 отчётов ждут отправки',
    ])
  })
})

it('a sentence that is missing shows its id instead of nothing', () => {
  texts.use('en', read('en', 'field'))
  expect(texts.say('error-of_tomorrow')).toBe('error-of_tomorrow')
})
