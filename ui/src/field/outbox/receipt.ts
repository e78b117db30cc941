import type { Evidence, SyncOutcome } from '../../host/types'
import { t } from '../../text/texts.svelte'

/**
 * What an exchange came to, in reports: the core counts journal entries, of which one report has several. A note or a
 * withdrawal brings no report that was not counted before, but is signed for as well. What was brought for others is said
 * besides, and so are photos, which go last.
 */
export function receiptSentence(before: Evidence, outcome: SyncOutcome): string {
  const { confirmed, pictures, delivered } = outcome
  const said: string[] = []
  if (confirmed > 0 || (pictures === 0 && delivered === 0)) said.push(ownSentence(before, outcome))
  if (pictures > 0) said.push(t('outbox-photos', { count: pictures }))
  if (delivered > 0) said.push(t('outbox-delivered', { count: delivered }))
  return said.join(' ')
}

function ownSentence(before: Evidence, { confirmed, evidence }: SyncOutcome): string {
  if (confirmed === 0) return t('outbox-up-to-date')
  const count = evidence.held - before.held
  return count > 0 ? t('outbox-confirmed', { count }) : t('outbox-signed')
}
