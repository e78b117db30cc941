const EVERY_MS = 20_000

/** Says now and then that somebody is at the screen, so that the store does not lock itself meanwhile. */
export function watchTouches(touch: () => void): () => void {
  let last = 0
  const seen = (): void => {
    const now = performance.now()
    if (now - last < EVERY_MS) return
    last = now
    touch()
  }
  window.addEventListener('pointerdown', seen, { passive: true })
  window.addEventListener('keydown', seen)
  return () => {
    window.removeEventListener('pointerdown', seen)
    window.removeEventListener('keydown', seen)
  }
}
