import { tick } from 'svelte'

/**
 * Runs `change` and scrolls so that `anchor` stays where it was on the screen: what the finger aims at
 * does not move when questions appear or texts change their length.
 */
export async function keepPlace(anchor: Element | null, change: () => void | Promise<void>): Promise<void> {
  const before = anchor?.getBoundingClientRect().top
  await change()
  await tick()
  if (!anchor || before === undefined || !anchor.isConnected) return
  const moved = anchor.getBoundingClientRect().top - before
  if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: 'instant' })
}

/** The first of `candidates` that is not scrolled above `line` (pixels from the top of the window). */
export function firstBelow(candidates: Iterable<Element>, line: number): Element | null {
  for (const element of candidates) {
    if (element.getBoundingClientRect().bottom > line) return element
  }
  return null
}
