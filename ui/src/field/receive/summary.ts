import type { RefusedPart, TakenIn } from '../../host/types'
import { number } from '../../text/format'
import { t, texts } from '../../text/texts.svelte'
import { packetsAndPhotos } from '../carry/counted'

/** Sentences of one kind. `held`: headquarters signed. `carried`: a carrier did, or this device carries it now. */
export interface Said {
  kind: 'held' | 'carried' | 'known' | 'refused'
  lines: string[]
}

/** What a bundle brought, in sentences with numbers: what counts most first, and no kind that says nothing. */
export function summary(taken: TakenIn): Said[] {
  const some = allSaid(taken)
  return some.length > 0 ? some : [{ kind: 'known', lines: [t('taken-nothing')] }]
}

/** Whether a bundle brought nothing at all. */
export function isEmpty(taken: TakenIn): boolean {
  return allSaid(taken).length === 0
}

function allSaid(taken: TakenIn): Said[] {
  const said: Said[] = [
    { kind: 'held', lines: held(taken) },
    { kind: 'carried', lines: carried(taken) },
    { kind: 'refused', lines: taken.refused.map(refusedSentence) },
    { kind: 'known', lines: known(taken) },
  ]
  return said.filter(({ lines }) => lines.length > 0)
}

function held({ confirmed, pictures_confirmed }: TakenIn): string[] {
  const lines: string[] = []
  if (confirmed > 0) lines.push(t('taken-confirmed', { count: confirmed }))
  if (pictures_confirmed > 0) lines.push(t('taken-photos-confirmed', { count: pictures_confirmed }))
  return lines
}

function carried(taken: TakenIn): string[] {
  const { new: fresh, pictures_new, in_custody, pictures_in_custody, custody_by, receipts_new } = taken
  const lines: string[] = []
  if (fresh > 0 || pictures_new > 0) {
    lines.push(t('taken-new', { packets: packetsAndPhotos(fresh, pictures_new) }))
  }
  if (in_custody > 0 || pictures_in_custody > 0) {
    const packets = packetsAndPhotos(in_custody, pictures_in_custody)
    lines.push(t('taken-custody', { teams: custody_by.join(', '), packets }))
  }
  if (receipts_new > 0) lines.push(t('taken-receipts-new', { count: number(receipts_new) }))
  return lines
}

function known(taken: TakenIn): string[] {
  const { known: before, pictures_known, own, pictures_own, receipts_known, updated } = taken
  const lines: string[] = []
  if (before > 0 || pictures_known > 0) {
    lines.push(t('taken-known', { packets: packetsAndPhotos(before, pictures_known) }))
  }
  if (own > 0 || pictures_own > 0) {
    lines.push(t('taken-own', { packets: packetsAndPhotos(own, pictures_own) }))
  }
  if (receipts_known > 0) lines.push(t('taken-receipts-known', { count: number(receipts_known) }))
  if (updated) lines.push(t('taken-updated'))
  return lines
}

/** What was not taken, and why; a reason without a sentence shows its code. */
export function refusedSentence({ what, code, count }: RefusedPart): string {
  const id = `refused-${code}`
  const why = texts.has(id) ? texts.say(id) : t('refused-other', { code })
  const packets = t('packets', { count })
  return texts.say(`taken-refused-${what}`, { packets, count: number(count), why })
}
