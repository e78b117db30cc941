import { MORNING_OF_THE_DAY } from '../house/device'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { beginning, say } from '../house/words'
import { ALL_LANGUAGES, SIZES, camera } from './frame'

const WRONG = '000000'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of ALL_LANGUAGES) {
    test(`a device that can be lost, ${size}, ${language}`, async ({ headquarters, device, observer, page }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)
      await fileOne(headquarters, observer, device, TEAM)
      await headquarters.stop()
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      if (observer.language !== language) await observer.speak(language)

      const take = camera(page, size, language)

      await observer.go('settings')
      const most = page.getByRole('radio', { name: say(language, 'wipe-after-most', { count: 10 }), exact: true })
      await most.locator('xpath=ancestor::label').click()
      await expect(most).toBeChecked()
      const guards = page.getByRole('heading', { name: say(language, 'setting-leave') })
      await guards.evaluate((heading) => heading.scrollIntoView({ block: 'start' }))
      await take('lock-settings')
      await page.getByRole('link', { name: say(language, 'wipe'), exact: true }).click()
      await expect(page.getByText(say(language, 'wipe-reports', { count: 1 }))).toBeVisible()
      await take('wipe')

      await page.getByRole('button', { name: say(language, 'lock-app'), exact: true }).click()
      const entry = page.getByLabel(say(language, 'pin'), { exact: true })
      for (let time = 0; time < 8; time += 1) {
        await entry.fill(WRONG)
        await entry.press('Enter')
        await expect(entry).toHaveValue('')
        // The wait of this guess is over at once; the last one is seen.
        if (time === 7) continue
        await device.setClock({ ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + (time + 1) * 3_600_000 })
        await page.reload()
        await expect(entry).toBeEnabled()
      }
      // Whole minutes stand still for a picture.
      await page.route('**/api/status', async (route) => {
        const reply = await route.fetch()
        await route.fulfill({ response: reply, json: { ...((await reply.json()) as object), retry_in_s: 300 } })
      })
      await page.clock.pauseAt(MORNING_OF_THE_DAY.utc_ms + 60_000)
      await page.reload()
      await expect(page.getByRole('timer')).toHaveText('5:00')
      await take('lock-wait')
      await observer.button('wipe').click()
      await expect(page.getByText(beginning(language, 'wipe-unknown'))).toBeVisible()
      await take('wipe-locked')
    })
  }
}
