import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'
import type { MessageArguments, MessageId } from './ids'

/** Sentences are read as they are needed: one small file a language and a subject. */
const sources = import.meta.glob<string>('../../../assets/locales/*/*.ftl', {
  query: '?raw',
  import: 'default',
})

/** The languages the interface speaks, in the order they are offered, each by its own name. */
export const LANGUAGES = [
  { code: 'en', label: 'English' },
  { code: 'ru', label: 'Русский' },
  { code: 'kk', label: 'Қазақша' },
] as const

type Arguments<Id extends MessageId> = Id extends keyof MessageArguments ? [MessageArguments[Id]] : []

/** The language of the screen and its sentences. A message that a file lacks is shown by its id. */
export class Texts {
  language = $state('en')
  #bundle = $state.raw(new FluentBundle('en'))

  /** Reads the sentences of `subjects` (`field`, `errors`, …) and switches to them in one step. */
  async load(language: string, subjects: readonly string[]): Promise<void> {
    const bundle = new FluentBundle(language, { useIsolating: false })
    const texts = await Promise.all(
      subjects.map((subject) => sources[`../../../assets/locales/${language}/${subject}.ftl`]?.()),
    )
    for (const text of texts) if (text) bundle.addResource(new FluentResource(text))
    this.use(language, bundle)
  }

  /** Switches to sentences that are already read. */
  use(language: string, bundle: FluentBundle): void {
    this.language = language
    this.#bundle = bundle
    if (typeof document !== 'undefined') document.documentElement.lang = language
  }

  /** Whether there is a sentence for a code that came from the core. */
  has(id: string): boolean {
    return this.#bundle.hasMessage(id)
  }

  /** The sentence `id`, for ids that are only known when the program runs (`error-<code>`). */
  say(id: string, args?: Record<string, FluentVariable>): string {
    const message = this.#bundle.getMessage(id)
    return message?.value ? this.#bundle.formatPattern(message.value, args ?? null, []) : id
  }
}

export const texts = new Texts()

/** The sentence `id` in the language of the screen. */
export function t<Id extends MessageId>(id: Id, ...args: Arguments<Id>): string {
  const [values] = args as [Record<string, FluentVariable>?]
  return texts.say(id, values)
}
