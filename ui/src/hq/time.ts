import { clockTime } from '../text/format'
import { t } from '../text/texts.svelte'

/** `14:02` in this browser's own zone, and the day before it when that is not today's. */
export function clock(at_ms: number): string {
  return clockTime({ utc_ms: at_ms, offset_min: -new Date(at_ms).getTimezoneOffset() })
}

/** `20 min ago`, coarse enough not to flicker. */
export function ago(at_ms: number, now_ms: number = Date.now()): string {
  const minutes = Math.max(0, Math.round((now_ms - at_ms) / 60_000))
  if (minutes === 0) return t('hq-ago-now')
  if (minutes < 60) return t('hq-ago-minutes', { count: minutes })
  const hours = Math.round(minutes / 60)
  return hours < 48 ? t('hq-ago-hours', { count: hours }) : clock(at_ms)
}
