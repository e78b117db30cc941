import type { Evidence, SyncOutcome } from '../../host/types'
import { t } from '../../text/texts.svelte'

/**
 * What an exchange came to, in reports: the core counts journal entries, of which one report has several. A note or a
 * withdrawal brings no report that was not counted before, but is signed for as well. What was brought for others is said
 * besides.
 */
export function receiptSentence(before: Evidence, outcome: SyncOutcome): string {
  const own = ownSentence(before, outcome)
  if (outcome.delivered === 0) return own
  const others = t('outbox-delivered', { count: outcome.delivered })
  return outcome.confirmed === 0 ? others : `${own} ${others}`
}

function ownSentence(before: Evidence, { confirmed, evidence }: SyncOutcome): string {
  if (confirmed === 0) return t('outbox-up-to-date')
  const count = evidence.held - before.held
  return count > 0 ? t('outbox-confirmed', { count }) : t('outbox-signed')
}
