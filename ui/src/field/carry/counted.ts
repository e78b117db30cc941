import { t } from '../../text/texts.svelte'

/** Sealed packets, and photos where there are any: "3 sealed packets, 2 photos". */
export function packetsAndPhotos(packets: number, photos: number): string {
  return withPhotos('packets', packets, photos)
}

/** Finished reports, and photos where there are any: "2 reports, 3 photos". */
export function reportsAndPhotos(reports: number, photos: number): string {
  return withPhotos('reports-count', reports, photos)
}

/** Nothing is said of what there is none of, unless there is nothing at all. */
function withPhotos(others: 'packets' | 'reports-count', count: number, photos: number): string {
  const said: string[] = []
  if (count > 0 || photos === 0) said.push(t(others, { count }))
  if (photos > 0) said.push(t('photos-count', { count: photos }))
  return said.join(', ')
}
