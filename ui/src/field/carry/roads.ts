import QrCode from '@lucide/svelte/icons/qr-code'
import FileBox from '@lucide/svelte/icons/file-box'
import Wifi from '@lucide/svelte/icons/wifi'
import type { Carriers, Load, PictureCounts } from '../../host/types'

/** The roads that need no network to headquarters, in the order they are offered. */
export const ROADS = [
  { road: 'file', icon: FileBox },
  { road: 'network', icon: Wifi },
  { road: 'codes', icon: QrCode },
] as const

/** Whether something of somebody else's is here, so that there is a choice of what to hand over. */
export function carriesForOthers({ carried }: Carriers): boolean {
  return carried.waiting > 0 || carried.waiting_pictures > 0 || carried.receipts > 0
}

/** Whether there is anything to hand over. `own` counts this device's photos. */
export function hasLoad(carriers: Carriers, own: PictureCounts): boolean {
  return carriers.own_bytes > 0 || own.waiting > 0 || carriesForOthers(carriers)
}

/** Photos of a load, before it is made. */
export function photosIn({ carried }: Carriers, own: PictureCounts, load: Load): number {
  switch (load) {
    case 'own':
      return own.waiting
    case 'all':
      return own.waiting + carried.waiting_pictures
    case 'back':
      return 0
  }
}

/** Bytes of a load in codes, about: receipts and signatures are too small to count, and photos stay out. */
export function codeBytes({ own_bytes, carried }: Carriers, load: Load): number {
  switch (load) {
    case 'own':
      return own_bytes
    case 'all':
      return own_bytes + carried.waiting_bytes
    case 'back':
      return 0
  }
}

/** What codes on a screen can do for a load; `without-photos`: they take all of it but the photos. */
export type CodesFor = 'all' | 'without-photos' | 'only-photos' | 'too-large'

/** Whether a load goes as codes. Photos never do. */
export function codesFor(carriers: Carriers, own: PictureCounts, load: Load): CodesFor {
  if (codeBytes(carriers, load) > carriers.most_code_bytes) return 'too-large'
  if (photosIn(carriers, own, load) === 0) return 'all'
  return hasMoreThanPhotos(carriers, load) ? 'without-photos' : 'only-photos'
}

function hasMoreThanPhotos({ own_bytes, carried }: Carriers, load: Load): boolean {
  return own_bytes > 0 || (load === 'all' && (carried.waiting > 0 || carried.receipts > 0))
}
