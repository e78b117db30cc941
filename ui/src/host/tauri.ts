import { invoke } from '@tauri-apps/api/core'
import { listen as hear } from '@tauri-apps/api/event'
import { Refusal, type Event, type Host } from './types'

/** The core inside the same Tauri process: one command, one event. */
export const tauriHost: Host = {
  async call(name, args) {
    try {
      return await invoke('call', { name, args })
    } catch (thrown) {
      throw Refusal.of(thrown)
    }
  },
  listen(handler) {
    const hearing = hear<Event>('core', (event) => handler(event.payload))
    return () => void hearing.then((stop) => stop())
  },
}
