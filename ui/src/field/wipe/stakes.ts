import type { AtStake } from '../../host/types'
import { t } from '../../text/texts.svelte'

/** What only this device holds, a line each; none when headquarters has all of it. */
export function stakes({ reports, in_other_hands, drafts, notes, carried }: AtStake): string[] {
  const lines: string[] = []
  if (reports > 0) lines.push(t('wipe-reports', { count: reports }))
  if (in_other_hands > 0) lines.push(t('wipe-in-other-hands', { count: in_other_hands }))
  if (notes > 0) lines.push(t('wipe-notes', { count: notes }))
  if (drafts > 0) lines.push(t('wipe-drafts', { count: drafts }))
  if (carried > 0) lines.push(t('wipe-carried', { count: carried }))
  return lines
}
