import type { FindingLevel } from '../generated/FindingLevel'
import { t, texts } from './texts.svelte'

/** Arguments that are really there; figures as numbers, so that plurals work. */
export function withoutGaps(args: Record<string, string | undefined>): Record<string, string | number> {
  const entries = Object.entries(args).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(
    entries.map(([key, text]) => [key, /^-?\d{1,9}$/.test(text) ? Number(text) : text]),
  )
}

/** The engine's own sentence for a finding, else one that names its code; `questions` are their numbers. */
export function engineSentence(
  code: string,
  args: Record<string, string | undefined>,
  questions: string,
): string {
  // A rule without a sentence of its own (`B42.alert`) is spoken of by its kind.
  const id = `finding-${code.split('.').at(-1) ?? ''}`
  if (texts.has(id)) return texts.say(id, { ...withoutGaps(args), questions })
  return t('finding-other', { code, questions })
}

/** Whether a finding only says that an answer is missing (`required`, or the form's own `B59.required`). */
export function isMissing(code: string): boolean {
  return code === 'required' || code.endsWith('.required')
}

/** The word over a finding: what is wrong is to be corrected, and only what is missing is needed. */
export function findingWord(level: FindingLevel, code: string): string {
  return level === 'block' && isMissing(code) ? t('finding-missing') : t(`finding-level-${level}`)
}
