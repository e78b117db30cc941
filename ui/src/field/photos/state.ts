import type { PictureState } from '../../host/types'
import { bytes } from '../../text/format'
import { t, texts } from '../../text/texts.svelte'

/** Where a picture is, in words. */
export function stateWords(state: PictureState): string {
  if (state.state === 'sending') {
    return t('photo-state-sending', { done: bytes(state.done), total: bytes(state.total) })
  }
  if (state.state === 'waiting' && state.done > 0) {
    return t('photo-state-begun', { done: bytes(state.done), total: bytes(state.total) })
  }
  return t(`photo-state-${state.state}`)
}

/** Why headquarters keeps a picture apart; nothing for any other. */
export function asideReason(state: PictureState): string {
  if (state.state !== 'set_aside') return ''
  const id = `photo-aside-${state.code}`
  return texts.has(id) ? texts.say(id) : t('photo-aside-other', { code: state.code })
}
