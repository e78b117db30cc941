import { mkdirSync } from 'node:fs'
import { MORNING_OF_THE_DAY } from '../house/device'
import { expect, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { beginning } from '../house/words'
import { FOLDER, LANGUAGES, SIZES, THEMES } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`every screen, ${size}`, async ({ headquarters, device, observer, page }) => {
    test.setTimeout(600_000)
    await page.setViewportSize(viewport)
    mkdirSync(FOLDER, { recursive: true })

    /** Takes the screen in both languages and both themes. */
    async function take(screen: string): Promise<void> {
      for (const language of LANGUAGES) {
        if (observer.language !== language) await observer.speak(language)
        // A finger leaves no trace on the glass; a mouse would leave its button lit.
        await page.mouse.move(0, 0)
        for (const theme of THEMES) {
          await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
          const path = `${FOLDER}/${screen}-${size}-${theme}-${language}.png`
          await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
        }
      }
      if (observer.language !== 'en') await observer.speak('en')
    }

    await expect(observer.button('enrol')).toBeVisible()
    await take('enrol')
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    await headquarters.stop()
    await device.setClock(MORNING_OF_THE_DAY)
    // The page's clock as well, or it would write the date beside every time.
    await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
    await page.reload()
    await observer.go('today')
    await take('today')
    await page.locator(`main a[href="#/start/${FORM}"]`).click()
    await page.getByRole('searchbox').fill('12')
    const hits = page.getByRole('list', { name: observer.say('search-results') }).getByRole('button')
    await expect(hits.first()).toBeVisible()
    await take('start')
    await page.getByRole('link', { name: observer.say('back') }).click()
    await observer.start(FORM, '1')
    await observer.fill(MORNING, async (section) => {
      if (section === 2) await take('report')
    })
    await observer.review()
    await take('review')
    await observer.finish()
    await take('finished')
    await observer.note('The queue had gone when we left.')
    await observer.button('note-report').scrollIntoViewIfNeeded()
    await take('notes')
    await observer.go('reports')
    await take('reports')
    await observer.go('outbox')
    await take('outbox')
    await page.getByRole('link', { name: observer.say('incident') }).click()
    await take('incident')
    await observer.go('settings')
    await take('settings')
    await headquarters.start()
    await observer.send()
    await expect(page.getByText(observer.say('outbox-empty'))).toBeVisible({ timeout: 60_000 })
    await take('outbox-sent')
    await observer.go('reports')
    await page.getByRole('main').locator('a[href^="#/report/"]').click()
    await expect(page.getByText(beginning('en', 'receipt-held'))).toBeVisible()
    await take('receipt')
    await device.kill()
    await device.start()
    await page.reload()
    await expect(observer.button('unlock')).toBeVisible()
    await take('unlock')
  })
}
