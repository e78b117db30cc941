import { mkdirSync } from 'node:fs'
import type { Locator } from '@playwright/test'
import { MORNING_OF_THE_DAY } from '../house/device'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { FOLDER, LANGUAGES, SIZES, THEMES } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`sealed reports and a proxy, ${size}, ${language}`, async ({ headquarters, device, observer, page }) => {
      test.setTimeout(600_000)
      mkdirSync(FOLDER, { recursive: true })
      await page.setViewportSize(viewport)

      /** Takes the screen in both themes. */
      async function take(screen: string): Promise<void> {
        await page.mouse.move(0, 0)
        for (const theme of THEMES) {
          await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
          const path = `${FOLDER}/${screen}-${size}-${theme}-${language}.png`
          await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
        }
      }

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
      await chosen(group('setting-finished'), say(language, 'finished-sealed'))
      await heading('setting-finished').evaluate((title) => title.scrollIntoView({ block: 'start' }))
      await take('settings-sealing')
      await observer.go('reports')
      await take('reports-open-until')
      await observer.go('settings')
      await chosen(group('setting-edit-window'), say(language, 'window-at-once'))
      await observer.go('reports')
      await expect(page.getByText(say(language, 'sealed-short'))).toBeVisible()
      await take('reports-sealed')
      await page.getByRole('main').getByRole('link').first().click()
      await expect(page.getByText(say(language, 'sealed'), { exact: true })).toBeVisible()
      await take('sealed')
    })
  }
}

/** Chooses one of a group, and waits until the core has taken it. */
async function chosen(choices: Locator, label: string): Promise<void> {
  const one = choices.getByRole('radio', { name: label, exact: true })
  await one.locator('xpath=ancestor::label').click()
  await expect(one).toBeChecked()
}
