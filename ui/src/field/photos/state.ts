import { deliveryWords } from '../../design/delivery'
import type { PictureState } from '../../host/types'
import { bytes, clockTime } from '../../text/format'
import { t, texts } from '../../text/texts.svelte'

/** Where a picture is, in words; what is carried is said as it is of reports. */
export function stateWords(state: PictureState): string {
  if (state.state === 'carried') return deliveryWords(state)
  if (state.state === 'sending') {
    return t('photo-state-sending', { done: bytes(state.done), total: bytes(state.total) })
  }
  if (state.state === 'waiting' && state.done > 0) {
    return t('photo-state-begun', { done: bytes(state.done), total: bytes(state.total) })
  }
  return t(`photo-state-${state.state}`)
}

/** In whose hands a copy is, since when, and that this is no receipt; nothing for any other. */
export function carriedSentence(state: PictureState): string {
  if (state.state !== 'carried') return ''
  const time = clockTime(state.at)
  return state.by === null ? t('photo-on-file', { time }) : t('photo-carried', { team: state.by, time })
}

/** Why headquarters keeps a picture apart; nothing for any other. */
export function asideReason(state: PictureState): string {
  if (state.state !== 'set_aside') return ''
  const id = `photo-aside-${state.code}`
  return texts.has(id) ? texts.say(id) : t('photo-aside-other', { code: state.code })
}
