import { slide, type SlideParams, type TransitionConfig } from 'svelte/transition'

/** Slides in quickly, or stands there at once for those who asked for less motion. */
export function appear(node: Element, params: SlideParams = {}): TransitionConfig {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  return slide(node, { duration: still ? 0 : 120, ...params })
}
