import type { DeviceId, EarlierJournal } from '../../host/types'

/** As much of a device's id as people compare; headquarters' pages show the same. */
export function shortDevice(device: DeviceId): string {
  return device.slice(0, 8)
}

/** Whether a PIN is likely to open it: a damaged or newer one stays closed whatever is typed, and nobody is asked. */
export function asksForPin({ opened, reason }: Pick<EarlierJournal, 'opened' | 'reason'>): boolean {
  return !opened && (reason === 'restored' || reason === 'forked')
}
