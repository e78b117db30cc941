import { MORNING_OF_THE_DAY } from '../house/device'
import { protocolCopy } from '../house/photo'
import { expect, signIn, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { say } from '../house/words'
import { FOLDER, ALL_LANGUAGES, SIZES, THEMES, camera } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of ALL_LANGUAGES) {
    test(`photos, ${size}, ${language}`, async ({ headquarters, device, observer, page, browser }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)
      const photo = await protocolCopy(browser)
      const other = await protocolCopy(browser, 'other.jpg', 2)

      const take = camera(page, size, language)

      if (observer.language !== language) await observer.speak(language)
      await observer.enrol(await headquarters.enrolmentCode(TEAM))
      await headquarters.stop()
      await device.setClock(MORNING_OF_THE_DAY)
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      await page.reload()
      await observer.go('outbox')
      await page.getByRole('main').locator('a[href="#/photos"]').click()
      await expect(page.getByText(observer.say('photos-empty'), { exact: true })).toBeVisible()
      await take('photos-empty')
      await page.goto(`${device.address}#/today`)
      await observer.start(FORM, '1')
      const card = page.locator('article[data-question]:has(input[type=file])').first()
      await card.locator('input[type=file]').setInputFiles(photo)
      const ways = page.getByRole('dialog').locator('footer').getByRole('button')
      await expect(ways).toHaveCount(2)
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
      await take('photos-choose')
      await ways.last().click()
      await expect(card.locator('li img')).toHaveCount(1)
      await card.locator('input[type=file]').setInputFiles(other)
      await ways.first().click()
      await expect(card.locator('li img')).toHaveCount(2)
      await card.evaluate((question) => question.scrollIntoView({ block: 'start' }))
      await take('photos-question')
      await observer.fill(MORNING)
      await observer.review()
      await observer.finish()
      await observer.go('outbox')
      await page.getByRole('main').locator('a[href="#/photos"]').click()
      await expect(page.getByText(observer.say('photo-state-waiting'), { exact: true })).toHaveCount(2)
      await expect(page.locator('main li img')).toHaveCount(2)
      await take('photos-waiting')
      await page.locator('main li button').first().click()
      await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
      await take('photos-large')
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: observer.say('back') }).click()
      await headquarters.start()
      await observer.send()
      await expect(page.getByText(say(language, 'outbox-photos', { count: 2 }))).toBeVisible({ timeout: 90_000 })
      await page.getByRole('main').locator('a[href="#/photos"]').click()
      await expect(page.locator('main li').getByText(observer.say('photo-state-held'), { exact: true })).toHaveCount(2)
      await expect(page.locator('main li img')).toHaveCount(2)
      await take('photos-held')

      await signIn(page, headquarters)
      await page.evaluate((tongue) => localStorage.setItem('language', tongue), language)
      const figures = await headquarters.indicators()
      const id = figures.find((figure) => figure.form === FORM && figure.forms_denominator > 0)?.id
      await page.goto(`https://127.0.0.1:${headquarters.port}/hq.html#/indicators/${id}`)
      await page.reload()
      await page.getByRole('table').getByRole('link').first().click()
      const shown = page.locator('section img')
      await expect(shown).toHaveCount(2)
      await shown.first().scrollIntoViewIfNeeded()
      await expect.poll(() => shown.last().evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
      for (const theme of THEMES) {
        await page.evaluate((name) => localStorage.setItem('theme', name), theme)
        await page.reload()
        await expect(shown).toHaveCount(2)
        await shown.first().evaluate((image) => image.closest('section')?.scrollIntoView({ block: 'start' }))
        await expect
          .poll(() => shown.evaluateAll((all) => all.every((one) => (one as HTMLImageElement).naturalWidth > 0)))
          .toBe(true)
        const path = `${FOLDER}/hq-photos-${size}-${theme}-${language}.png`
        await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
      }
    })
  }
}
