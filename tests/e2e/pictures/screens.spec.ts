import { MORNING_OF_THE_DAY } from '../house/device'
import { expect, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { beginning } from '../house/words'
import { LANGUAGES, SIZES, camera } from './frame'

/** What the observers themselves write, in the language of the picture. */
const WRITTEN = {
  en: { comment: MORNING.B60 ?? '', note: 'The queue had gone when we left.' },
  kk: { comment: 'Сағат онда жиырма адам кезекте тұрды, тыныш.', note: 'Біз кеткенде кезек тарқаған еді.' },
}

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`every screen, ${size}, ${language}`, async ({ headquarters, device, observer, page }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)

      const take = camera(page, size, language)

      await expect(observer.button('enrol')).toBeVisible()
      if (observer.language !== language) await observer.speak(language)
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
      await expect(page.getByText(observer.say('search-near'))).toBeHidden()
      await take('start')
      await page.getByRole('link', { name: observer.say('back') }).click()
      await observer.start(FORM, '1')
      await observer.fill({ ...MORNING, B60: WRITTEN[language].comment }, async (section) => {
        if (section !== 2) return
        await page.locator('.scroll').evaluate((form) => form.scrollTo(0, 0))
        await take('report')
      })
      await observer.review()
      await take('review')
      await observer.finish()
      await take('finished')
      await observer.note(WRITTEN[language].note)
      // On a phone the notes are further down; whole lines stand below the bar.
      const notes = page.getByRole('heading', { name: observer.say('notes'), exact: true })
      if (size === 'phone') {
        await notes.evaluate((heading) => {
          heading.scrollIntoView({ block: 'start' })
          heading.closest('.scroll')?.scrollBy(0, -12)
        })
      }
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
      await expect(page.getByText(beginning(language, 'receipt-held'))).toBeVisible()
      await take('receipt')
      await device.kill()
      await device.start()
      await page.reload()
      await expect(observer.button('unlock')).toBeVisible()
      await take('unlock')
    })
  }
}
