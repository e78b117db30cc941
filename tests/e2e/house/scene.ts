import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test as base } from '@playwright/test'
import { Device } from './device'
import { Headquarters } from './headquarters'
import { Keyring } from './keyring'
import { Observer } from './observer'

/** The demonstration team and its PIN. */
export const TEAM = 'T001'
export const PIN = '204811'

interface Scene {
  /** A folder of the test's own. */
  folder: string
  headquarters: Headquarters
  device: Device
  /** The observers, looking at the device's first screen. */
  observer: Observer
  /** Opens the keyring of one who logs in. */
  logIn: (name: string) => Promise<Keyring>
}

/** A headquarters, a device, and two observers at its screen; all gone after the test. */
export const test = base.extend<Scene>({
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'baqylau-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  headquarters: async ({ folder }, use) => {
    const headquarters = await Headquarters.open(folder)
    await use(headquarters)
    await headquarters.stop()
  },
  device: async ({ folder }, use) => {
    const device = await Device.open(folder)
    await use(device)
    await device.kill()
  },
  observer: async ({ page, device }, use) => {
    await page.goto(device.address)
    await use(new Observer(page, PIN))
  },
  logIn: async ({ folder }, use) => {
    const open: Keyring[] = []
    await use(async (name) => {
      const keyring = await Keyring.open(`${folder}/${name}`)
      open.push(keyring)
      return keyring
    })
    for (const keyring of open) await keyring.close()
  },
})

export { expect }

/** Opens headquarters' pages by the one-time link, and waits until they are open: whoever goes on before is not signed in. */
export async function signIn(page: Page, headquarters: Headquarters): Promise<void> {
  await page.goto(await headquarters.link())
  await expect(page.getByRole('navigation').first()).toBeVisible()
}
