import type { Refusal } from '../host/types'
import { t, texts } from '../text/texts.svelte'

/** The sentence of a refusal; one without a sentence shows its code, so that it can be read out on the phone. */
export function sentence(refusal: Pick<Refusal, 'code' | 'args'>): string {
  const id = `error-${refusal.code}`
  if (refusal.code === 'core_unreachable') return t('core-unreachable')
  return texts.has(id) ? texts.say(id, withoutGaps(refusal.args)) : t('error-unknown', { code: refusal.code })
}

/** Arguments that are really there; figures as numbers, so that plurals work. */
export function withoutGaps(args: Record<string, string | undefined>): Record<string, string | number> {
  const entries = Object.entries(args).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(
    entries.map(([key, text]) => [key, /^-?\d{1,9}$/.test(text) ? Number(text) : text]),
  )
}
