import type { Refusal } from '../host/types'
import { withoutGaps } from '../text/codes'
import { t, texts } from '../text/texts.svelte'

/** The sentence of a refusal; one without a sentence shows its code, so that it can be read out on the phone. */
export function sentence(refusal: Pick<Refusal, 'code' | 'args'>): string {
  const id = `error-${refusal.code}`
  if (refusal.code === 'core_unreachable') return t('core-unreachable')
  return texts.has(id) ? texts.say(id, withoutGaps(refusal.args)) : t('error-unknown', { code: refusal.code })
}
