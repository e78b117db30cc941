/** Keeps the screen on while codes are shown or read, where the system can; the returned function lets it sleep. */
export function stayAwake(): () => void {
  const lock = navigator.wakeLock?.request('screen').catch(() => null)
  return () => void lock?.then((held) => held?.release())
}
