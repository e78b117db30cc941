import type { Device } from './device'
import { MORNING_OF_THE_DAY } from './device'
import { Filing } from './filing'
import type { Headquarters } from './headquarters'
import type { Observer } from './observer'
import { TEAM } from './scene'
import { FORM, MORNING } from './voting'
import { say } from './words'

/**
 * A device with one report that is finished and one that is not. Headquarters is off the network since before, so
 * nothing has been sent.
 */
export async function filled(headquarters: Headquarters, device: Device, pin: string): Promise<Filing> {
  const filing = new Filing(device, pin)
  await filing.enrol(await headquarters.enrolmentCode(TEAM))
  await headquarters.stop()
  await filing.file(FORM, MORNING_OF_THE_DAY, MORNING)
  await filing.begin(FORM, MORNING_OF_THE_DAY)
  return filing
}

/** Chooses the folder that the devices of the test have in common, whatever is plugged into this machine. */
export async function chooseDownloads({ page, language }: Observer): Promise<void> {
  const place = page.getByRole('radio', { name: say(language, 'place-folder', { name: 'Downloads' }), exact: true })
  await place.check()
}

/** Writes a backup of a device to the downloads below `home`; returns its path. */
export async function backUp(device: Device, home: string): Promise<string> {
  const { path } = await device.call<{ path: string }>('back_up', { folder: `${home}/Downloads` })
  return path
}
