import type { Host } from './types'

/** The door that this page has: Tauri's when it runs in its window, the loopback server's otherwise. */
export async function openHost(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return (await import('./tauri')).tauriHost
  return (await import('./http')).httpHost
}
