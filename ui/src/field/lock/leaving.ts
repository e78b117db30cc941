/** What is told of the app being left, and of somebody being back. */
export interface Leaving {
  left: () => void
  back: () => void
}

/**
 * Says when the app is left: another window is in front, or nothing of it is seen. A picture or a file that is being
 * chosen covers the app too, and is no leaving.
 */
export function watchLeaving({ left, back }: Leaving): () => void {
  let isLeft = false
  let isChoosing = false

  function leave(): void {
    if (isLeft || isChoosing) return
    isLeft = true
    left()
  }
  function come(): void {
    isChoosing = false
    if (!isLeft || document.visibilityState === 'hidden') return
    isLeft = false
    back()
  }
  function look(): void {
    if (document.visibilityState === 'hidden') leave()
    else come()
  }
  function choose(event: Event): void {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'file') return
    isChoosing = event.type === 'click'
  }

  const ends = new AbortController()
  const { signal } = ends
  document.addEventListener('visibilitychange', look, { signal })
  window.addEventListener('blur', leave, { signal })
  for (const name of ['focus', 'pointerdown', 'keydown']) window.addEventListener(name, come, { signal })
  for (const name of ['click', 'change', 'cancel']) {
    document.addEventListener(name, choose, { signal, capture: true })
  }
  return () => ends.abort()
}
