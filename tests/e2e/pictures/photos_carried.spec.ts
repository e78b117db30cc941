import { MORNING_OF_THE_DAY } from '../house/device'
import { protocolCopy } from '../house/photo'
import { LEADER, openLeader, take } from '../house/room'
import { expect, PIN, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { say } from '../house/words'
import { camera, ALL_LANGUAGES, SIZES, unplug } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of ALL_LANGUAGES) {
    test(`photos by hand, ${size}, ${language}`, async ({ headquarters, folder, browser, device, observer, page }) => {
      test.setTimeout(600_000)
      await page.setViewportSize(viewport)
      const { device: theirs, hand } = await openLeader(headquarters, browser, folder, PIN, { viewport })
      await observer.enrol(await headquarters.enrolmentCode(TEAM))
      await headquarters.stop()
      await device.setClock(MORNING_OF_THE_DAY)
      for (const one of [observer, hand]) {
        await one.page.emulateMedia({ reducedMotion: 'reduce' })
        await one.page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
        await unplug(one.page, 'carry_places')
        await one.page.reload()
        if (one.language !== language) await one.speak(language)
      }
      await observer.go('today')
      await observer.start(FORM, '1')
      const card = page.locator('article[data-question]:has(input[type=file])').first()
      for (const photo of [await protocolCopy(browser), await protocolCopy(browser, 'other.jpg', 2)]) {
        const before = await card.locator('li img').count()
        await card.locator('input[type=file]').setInputFiles(photo)
        await page.getByRole('dialog').locator('footer').getByRole('button').first().click()
        await expect(card.locator('li img')).toHaveCount(before + 1)
      }
      await observer.fill(MORNING)
      await observer.review()
      await observer.finish()

      await take(observer, 'carry')
      await expect(page.locator('main a[href="#/carry/codes"]')).toBeVisible()
      await camera(page, size, language)('carry-photos')
      await hand.page.goto(`${theirs.address}#/receive/network/${TEAM}`)
      await hand.button('listen').click()
      const code = await hand.page.getByText(/^BH1-/).textContent()
      await take(observer, 'carry', 'network')
      await page.getByLabel(observer.say('network-code')).fill(code ?? '')
      await observer.button('hand-over').click()
      const photos = say(language, 'photos-count', { count: 2 })
      await expect(hand.page.getByText(photos)).toBeVisible()
      await camera(hand.page, size, language)('receive-photos')
      await hand.page.goto(`${theirs.address}#/team`)
      await expect(hand.page.getByRole('listitem').filter({ hasText: photos })).toBeVisible()
      await camera(hand.page, size, language)('team-photos')

      await observer.go('outbox')
      await page.getByRole('main').locator('a[href="#/photos"]').click()
      const carried = say(language, 'delivery-carried', { team: LEADER })
      await expect(page.locator('main li').getByText(carried, { exact: true })).toHaveCount(2)
      await expect(page.locator('main li img')).toHaveCount(2)
      await camera(page, size, language)('photos-carried')
      await hand.page.context().close()
      await theirs.kill()
    })
  }
}
