import { MORNING_OF_THE_DAY } from '../house/device'
import { test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { LANGUAGES, SIZES, camera } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`a key store, ${size}, ${language}`, async ({ logIn, headquarters, device, observer, page }) => {
      test.setTimeout(300_000)
      const own = await logIn('own')
      const other = await logIn('other')
      await device.logInto(own)
      await page.reload()
      await page.setViewportSize(viewport)
      await observer.enrol(await headquarters.enrolmentCode(TEAM))
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      if (observer.language !== language) await observer.speak(language)
      const take = camera(page, size, language)

      await observer.go('settings')
      const heading = page.getByRole('heading', { name: say(language, 'setting-binding') })
      await heading.evaluate((element) => element.parentElement?.scrollIntoView({ block: 'start' }))
      await take('key-store-settings')
      await device.call('bind', { pin: observer.pin })
      await device.logInto(other)
      await page.reload()
      await observer.button('unlock').waitFor()
      await page.keyboard.type(observer.pin)
      await page.keyboard.press('Enter')
      await page.getByText(say(language, 'error-key_store_missing')).waitFor()
      await take('key-store-missing')
    })
  }
}
