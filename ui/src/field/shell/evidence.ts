import type { Evidence } from '../../host/types'
import { clockTime } from '../../text/format'
import { t } from '../../text/texts.svelte'

/** The state of the evidence in one sentence: what waits first, for that is what can still be lost. */
export function evidenceSentence(evidence: Evidence): string {
  const { finished, held, waiting, carried, saved_at } = evidence
  if (waiting > 0 && carried > 0) return t('evidence-carried', { waiting, carried })
  if (waiting > 0) return t('evidence-waiting', { waiting })
  if (finished > 0) return t('evidence-held', { held, finished })
  if (saved_at) return t('saved-at', { time: clockTime(saved_at) })
  return t('evidence-none')
}
