import type { Origin } from '../../host/types'
import { t } from '../../text/texts.svelte'

/** Where a draft came from, in a few words. */
export function originWords({ reason }: Pick<Origin, 'reason'>): string {
  return reason === 'restored' ? t('origin-restored') : t('origin-other')
}
