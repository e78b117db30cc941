import { isFailure, Refusal, type Event, type Host } from './types'

/** The core behind `field-host` on the same origin. */
export const httpHost: Host = {
  async call(name, args) {
    let response: Response
    try {
      response = await fetch(`/api/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(args),
      })
    } catch {
      throw new Refusal({ code: 'core_unreachable', args: {} })
    }
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok) throw Refusal.of(isFailure(body) ? body : null)
    return body as never
  },
  listen(handler) {
    const source = new EventSource('/api/events')
    source.onmessage = (message) => handler(JSON.parse(message.data as string) as Event)
    return () => source.close()
  },
}
