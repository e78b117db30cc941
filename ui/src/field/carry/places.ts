import type { BundleFile, CarryPlace } from '../../host/types'
import { bytes, clockTime } from '../../text/format'
import { t } from '../../text/texts.svelte'

/** A folder as it is offered: a stick is another thing than a folder of the device. */
export function placeName({ path, removable }: Pick<CarryPlace, 'path' | 'removable'>): string {
  const name = fileName(path)
  return removable ? t('place-removable', { name }) : t('place-folder', { name })
}

/** The last part of a path, with the separators of any system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** How large a file is, and when it was written if the medium says so. */
export function aboutFile(file: Pick<BundleFile, 'bytes' | 'written_at'>): string {
  const size = bytes(file.bytes)
  return file.written_at ? t('file-about', { size, time: clockTime(file.written_at) }) : size
}
