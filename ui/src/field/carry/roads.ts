import QrCode from '@lucide/svelte/icons/qr-code'
import FileBox from '@lucide/svelte/icons/file-box'
import Wifi from '@lucide/svelte/icons/wifi'
import type { Carriers, Load } from '../../host/types'

/** The roads that need no network to headquarters, in the order they are offered. */
export const ROADS = [
  { road: 'file', icon: FileBox },
  { road: 'network', icon: Wifi },
  { road: 'codes', icon: QrCode },
] as const

/** Whether somebody else's packets or receipts are here, so that there is a choice of what to hand over. */
export function carriesForOthers({ carried }: Carriers): boolean {
  return carried.waiting > 0 || carried.receipts > 0
}

/** Whether there is anything to hand over. */
export function hasLoad(carriers: Carriers): boolean {
  return carriers.own_bytes > 0 || carriesForOthers(carriers)
}

/** Bytes of a load before it is made, about: receipts and signatures are too small to count. */
export function loadBytes({ own_bytes, carried }: Carriers, load: Load): number {
  switch (load) {
    case 'own':
      return own_bytes
    case 'all':
      return own_bytes + carried.waiting_bytes
    case 'back':
      return 0
  }
}

/** Whether a load is too much for codes on a screen. */
export function isTooMuchForCodes(carriers: Carriers, load: Load): boolean {
  return loadBytes(carriers, load) > carriers.most_code_bytes
}
