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
  const scroller = anchor.closest('.scroll') ?? window
  if (Math.abs(moved) >= 1) scroller.scrollBy({ top: moved, behavior: 'instant' })
}

/** Shows the top of the screen. */
export function scrollToTop(): void {
  document.querySelector('.scroll')?.scrollTo({ top: 0, behavior: 'instant' })
}

/** Whether the beginning of `element` is below `line` and on the screen. */
export function isInSight(element: Element, line: number): boolean {
  const { top } = element.getBoundingClientRect()
  return top >= line && top < window.innerHeight
}

/** The first of `candidates` that is not scrolled above `line` (pixels from the top of the window). */
export function firstBelow(candidates: Iterable<Element>, line: number): Element | null {
  for (const element of candidates) {
    if (element.getBoundingClientRect().bottom > line) return element
  }
  return null
}
