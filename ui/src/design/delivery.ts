import { t } from '../text/texts.svelte'

/** How far a report has travelled. */
export interface Delivery {
  state: 'on_device' | 'waiting' | 'sent' | 'carried' | 'held' | 'quarantined'
  /** The team that carries it; without one it lies on a file, which nobody has signed for. */
  by?: string | null
}

/** The same in a few words, wherever it stands. */
export function deliveryWords({ state, by = null }: Delivery): string {
  if (state !== 'carried') return t(`delivery-${state}`)
  return by === null ? t('delivery-on_file') : t('delivery-carried', { team: by })
}
