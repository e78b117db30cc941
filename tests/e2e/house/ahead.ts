import { randomBytes } from 'node:crypto'
import { type Device, MORNING_OF_THE_DAY } from './device'
import { Filing } from './filing'
import type { Headquarters } from './headquarters'
import { Proxy } from './proxy'
import { FORM, MORNING } from './voting'

const INCIDENT = 'incident'
/** What a road bears on which a day's reports do not arrive: the beginning of a connection, and one small request. */
const BEARS_BYTES = 9_000
const REPORTS = 8

/** A team files reports without a network, and an incident after them; then a road opens that bears one small request. */
export async function sendAhead(headquarters: Headquarters, device: Device, team: string, pin: string): Promise<Proxy> {
  const filing = new Filing(device, pin)
  await filing.enrol(await headquarters.enrolmentCode(team))
  for (let visit = 0; visit < REPORTS; visit += 1) {
    const at = { ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + visit * 20 * 60_000 }
    // Long remarks that hardly shrink stand for a long day.
    await filing.file(FORM, at, MORNING, randomBytes(1500).toString('base64'))
  }
  const at = { ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + REPORTS * 20 * 60_000 }
  await filing.file(INCIDENT, at, { L507_sources: '2' })
  const proxy = await Proxy.open()
  const { settings } = await device.call<{ settings: object }>('status', {})
  await device.call('set_settings', { settings: { ...settings, proxy: proxy.address } })
  proxy.bears = BEARS_BYTES
  await filing.send().catch(() => undefined)
  return proxy
}
