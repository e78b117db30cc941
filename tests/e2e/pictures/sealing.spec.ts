import type { Locator } from '@playwright/test'
import { choose } from '../house/choose'
import { MORNING_OF_THE_DAY } from '../house/device'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { LANGUAGES, SIZES, camera } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`sealed reports and a proxy, ${size}, ${language}`, async ({ headquarters, device, observer, page }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)

      const take = camera(page, size, language)

      const proxy = page.getByText(say(language, 'proxy-asked'))
      await observer.speak(language)
      await proxy.click()
      await proxy.evaluate((summary) => summary.scrollIntoView({ block: 'start' }))
      await take('enrol-proxy')
      await proxy.click()
      await observer.speak('en')
      await fileOne(headquarters, observer, device, TEAM)
      await headquarters.stop()
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      await observer.speak(language)

      await observer.go('settings')
      const group = (id: string): Locator => page.getByRole('radiogroup', { name: say(language, id) })
      const heading = (id: string): Locator => page.getByRole('heading', { name: say(language, id), exact: true })
      await page.getByLabel(say(language, 'proxy-address')).fill('192.0.2.7:3128')
      await page.keyboard.press('Enter')
      await expect(page.getByText(say(language, 'proxy-in-use'))).toBeVisible()
      await heading('proxy').evaluate((title) => title.scrollIntoView({ block: 'start' }))
      await take('settings-proxy')
      await choose(group('setting-finished'), say(language, 'finished-sealed'))
      await heading('setting-finished').evaluate((title) => title.scrollIntoView({ block: 'start' }))
      await take('settings-sealing')
      await observer.go('reports')
      await take('reports-open-until')
      await observer.go('settings')
      await choose(group('setting-edit-window'), say(language, 'window-at-once'))
      await observer.go('reports')
      await expect(page.getByText(say(language, 'sealed-short'))).toBeVisible()
      await take('reports-sealed')
      await page.getByRole('main').getByRole('link').first().click()
      await expect(page.getByText(say(language, 'sealed'), { exact: true })).toBeVisible()
      await take('sealed')
    })
  }
}
