import { renameSync, statSync, utimesSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { chooseDownloads, filled } from '../house/backup'
import { Device, MORNING_OF_THE_DAY } from '../house/device'
import { expect, PIN, test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { LANGUAGES, SIZES, camera, unplug } from './frame'

/** A backup's name is drawn by lot; in the pictures it is always this one. */
const NAME = '4c8f21a7.bqbak'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`backups and earlier journals, ${size}, ${language}`, async ({ folder, headquarters, device, observer, page }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      const take = camera(page, size, language)
      const path = `${folder}/Downloads/${NAME}`
      await filled(headquarters, device, PIN)
      await page.reload()
      await observer.speak(language)

      await observer.go('settings')
      const section = page.getByRole('heading', { name: say(language, 'backup'), exact: true })
      await section.evaluate((title) => title.scrollIntoView({ block: 'start' }))
      await take('settings-backup')
      await name(page, path)
      await unplug(page, 'backup_places')
      await page.getByRole('link', { name: say(language, 'backup-make'), exact: true }).click()
      await chooseDownloads(observer)
      await observer.button('backup-make').click()
      await expect(page.getByText(NAME).first()).toBeVisible()
      await take('backup')
      await device.kill()
      await headquarters.start()

      const other = await Device.open(`${folder}/other`, folder)
      await other.setClock(MORNING_OF_THE_DAY)
      await page.goto(other.address)
      observer.language = 'en'
      await observer.speak(language)
      await observer.button('restore').click()
      await expect(page.getByRole('button', { name: NAME })).toBeVisible()
      await take('restore')
      await page.getByRole('button', { name: NAME }).click()
      await take('restore-pin')
      await page.getByLabel(say(language, 'restore-pin'), { exact: true }).fill(PIN)
      await observer.button('restore-do').click()
      await expect(page.getByText(say(language, 'earlier-waiting', { count: 1 }))).toBeVisible()
      await take('enrol-restored')

      const pin = '135791'
      await other.call('enrol', { code: await headquarters.enrolmentCode(TEAM), pin })
      await page.goto(`${other.address}#/today`)
      await page.reload()
      await expect(page.getByText(say(language, 'earlier-asks', { count: 1 }))).toBeVisible()
      await take('today-earlier')
      await page.getByRole('link', { name: say(language, 'earlier-look') }).click()
      await expect(page.getByLabel(say(language, 'earlier-pin'))).toBeVisible()
      await take('earlier-closed')
      await page.getByLabel(say(language, 'earlier-pin')).fill(PIN)
      await observer.button('earlier-open').click()
      await expect(page.getByText(say(language, 'earlier-drafts'))).toBeVisible()
      await other.call('sync', {})
      await expect(page.getByRole('main').getByText(say(language, 'delivery-held'))).toBeVisible()
      await take('earlier')
      await page.getByRole('main').getByRole('link').click()
      await expect(page.getByText(say(language, 'earlier-report-lead'))).toBeVisible()
      await take('earlier-report')
      await page.goto(`${other.address}#/reports`)
      await page.getByRole('main').getByRole('link').click()
      await expect(page.getByText(say(language, 'origin-draft-lead'))).toBeVisible()
      await take('draft-from-backup')

      // What an exchange would have said.
      await page.route('**/api/status', async (route) => {
        const reply = await route.fetch()
        await route.fulfill({ response: reply, json: { ...((await reply.json()) as object), forked: true } })
      })
      await page.goto(`${other.address}#/today`)
      await page.reload()
      await expect(page.getByText(say(language, 'forked-lead'))).toBeVisible()
      await take('today-forked')
      await page.getByRole('link', { name: say(language, 'anew'), exact: true }).click()
      await expect(page.getByText(say(language, 'anew-how'))).toBeVisible()
      await take('anew')
      await other.kill()
    })
  }
}

/** Gives the backup that is made on this page its name and the time of the day. */
async function name(page: Page, path: string): Promise<void> {
  await page.route('**/api/back_up', async (route) => {
    const reply = await route.fetch()
    const made = (await reply.json()) as { path: string }
    renameSync(made.path, path)
    const at = MORNING_OF_THE_DAY.utc_ms / 1000
    utimesSync(path, at, at)
    await route.fulfill({ response: reply, json: { ...made, path, bytes: statSync(path).size } })
  })
}
