import { choose } from '../house/choose'
import { MORNING_OF_THE_DAY } from '../house/device'
import { test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { LANGUAGES, SIZES, camera } from './frame'

const NEW_PIN = '731904'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of LANGUAGES) {
    test(`a forgotten PIN, ${size}, ${language}`, async ({ headquarters, observer, page }) => {
      test.setTimeout(300_000)
      await page.setViewportSize(viewport)
      await observer.enrol(await headquarters.enrolmentCode(TEAM))
      await page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
      if (observer.language !== language) await observer.speak(language)
      const take = camera(page, size, language)

      await observer.go('settings')
      const group = page.getByRole('radiogroup', { name: say(language, 'setting-recovery') })
      await choose(group, say(language, 'recovery-allowed'))
      await group.evaluate((element) => element.parentElement?.scrollIntoView({ block: 'start' }))
      await take('recovery-settings')
      await page.keyboard.press('Alt+KeyL')
      await observer.button('recovery-title').click()
      await page.getByLabel(say(language, 'pin-new'), { exact: true }).fill(NEW_PIN)
      await page.getByLabel(say(language, 'pin-again'), { exact: true }).fill(NEW_PIN)
      await take('recovery-pin')
      await observer.button('recovery-ask').click()
      await page.getByRole('img', { name: say(language, 'recovery-picture') }).waitFor()
      await take('recovery-request')
    })
  }
}
