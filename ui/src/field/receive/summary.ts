import type { RefusedPart, TakenIn } from '../../host/types'
import { number } from '../../text/format'
import { t, texts } from '../../text/texts.svelte'

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
    { kind: 'held', lines: taken.confirmed > 0 ? [t('taken-confirmed', { count: taken.confirmed })] : [] },
    { kind: 'carried', lines: carried(taken) },
    { kind: 'refused', lines: taken.refused.map(refusedSentence) },
    { kind: 'known', lines: known(taken) },
  ]
  return said.filter(({ lines }) => lines.length > 0)
}

function carried({ new: fresh, in_custody, custody_by, receipts_new }: TakenIn): string[] {
  const lines: string[] = []
  if (fresh > 0) lines.push(t('taken-new', { packets: packets(fresh) }))
  if (in_custody > 0) {
    lines.push(t('taken-custody', { teams: custody_by.join(', '), packets: packets(in_custody) }))
  }
  if (receipts_new > 0) lines.push(t('taken-receipts-new', { count: number(receipts_new) }))
  return lines
}

function known({ known: before, own, receipts_known, updated }: TakenIn): string[] {
  const lines: string[] = []
  if (before > 0) lines.push(t('taken-known', { packets: packets(before) }))
  if (own > 0) lines.push(t('taken-own', { packets: packets(own) }))
  if (receipts_known > 0) lines.push(t('taken-receipts-known', { count: number(receipts_known) }))
  if (updated) lines.push(t('taken-updated'))
  return lines
}

function packets(count: number): string {
  return t('packets', { count })
}

/** What was not taken, and why; a reason without a sentence shows its code. */
export function refusedSentence({ what, code, count }: RefusedPart): string {
  const id = `refused-${code}`
  const why = texts.has(id) ? texts.say(id) : t('refused-other', { code })
  return texts.say(`taken-refused-${what}`, { packets: packets(count), count: number(count), why })
}
