import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import { readdirSync, readFileSync } from 'node:fs'
import { ROOT } from './programs'

/** The languages of the interface. */
export type Language = 'en' | 'ru' | 'kk'

/** What each language is called in the switch. */
export const NAMES: Record<Language, string> = { en: 'English', ru: 'Русский', kk: 'Қазақша' }

const bundles = new Map<Language, FluentBundle>()

function bundle(language: Language): FluentBundle {
  const known = bundles.get(language)
  if (known) return known
  const made = new FluentBundle(language, { useIsolating: false })
  const folder = `${ROOT}/assets/locales/${language}`
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
    made.addResource(new FluentResource(readFileSync(`${folder}/${file}`, 'utf8')))
  }
  bundles.set(language, made)
  return made
}

/** The sentence that the interface says, so that a test follows the words when somebody betters them. */
export function say(language: Language, id: string, args: Record<string, FluentVariable> = {}): string {
  const message = bundle(language).getMessage(id)
  if (!message?.value) throw new Error(`no message ${id} in ${language}`)
  return bundle(language).formatPattern(message.value, args)
}

/** The part of a sentence before its first argument: enough to find it by. */
export function beginning(language: Language, id: string): RegExp {
  const message = bundle(language).getMessage(id)
  const value = message?.value
  if (value === undefined || value === null) throw new Error(`no message ${id} in ${language}`)
  const first = typeof value === 'string' ? value : (value.find((part) => typeof part === 'string') ?? '')
  return new RegExp(String(first).trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
}
