import type { Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { MORNING_OF_THE_DAY } from '../house/device'
import type { Observer } from '../house/observer'
import { fileOne, LEADER, openLeader, take, writeFile } from '../house/room'
import { expect, PIN, test, TEAM } from '../house/scene'
import { say } from '../house/words'
import { FOLDER, ALL_LANGUAGES, SIZES, THEMES, unplug } from './frame'

for (const [size, viewport] of Object.entries(SIZES)) {
  for (const language of ALL_LANGUAGES) {
    test(`what goes by hand, ${size}, ${language}`, async ({ headquarters, folder, browser, device, observer, page }) => {
      test.setTimeout(600_000)
      mkdirSync(FOLDER, { recursive: true })
      await page.setViewportSize(viewport)
      const { device: theirs, hand } = await openLeader(headquarters, browser, folder, PIN, { viewport })
      await fileOne(headquarters, observer, device, TEAM)
      await headquarters.stop()
      for (const one of [observer, hand]) {
        // Codes stand still, and times have no date beside them.
        await one.page.emulateMedia({ reducedMotion: 'reduce' })
        await one.page.clock.setSystemTime(MORNING_OF_THE_DAY.utc_ms)
        await unplug(one.page, 'carry_places')
        if (one.language !== language) await one.speak(language)
      }

      /** Takes the screen in both themes. */
      async function picture(of: Page, screen: string): Promise<void> {
        await of.mouse.move(0, 0)
        for (const theme of THEMES) {
          await of.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
          const path = `${FOLDER}/${screen}-${size}-${theme}-${language}.png`
          await of.screenshot({ path, animations: 'disabled', caret: 'hide' })
        }
        await of.evaluate(() => (document.documentElement.dataset.theme = 'light'))
      }

      await take(observer, 'carry')
      await expect(page.locator('main a[href="#/carry/file"]')).toBeVisible()
      await picture(page, 'carry')
      await take(observer, 'carry', 'file')
      await writeFile(observer)
      await picture(page, 'carry-file')
      await take(observer, 'carry', 'codes')
      await showThird(observer)
      await picture(page, 'carry-codes')

      await take(hand, 'receive')
      await hand.page.getByLabel(hand.say('receive-team'), { exact: true }).selectOption(TEAM)
      await picture(hand.page, 'receive')
      await hand.page.locator('main a[href="#/receive/codes"]').click()
      await expect(hand.page.getByText(hand.say('pictures-hint'))).toBeVisible()
      await picture(hand.page, 'receive-codes')
      await hand.page.getByRole('link', { name: hand.say('back') }).click()
      await hand.page.locator('main a[href="#/receive/network"]').click()
      await hand.button('listen').click()
      await expect(hand.page.getByRole('img', { name: hand.say('listen-code') })).toBeVisible()
      await picture(hand.page, 'receive-network')

      const { listening } = await theirs.call<{ listening: { code: { text: string } } }>('carriers', {})
      await take(observer, 'carry', 'network')
      await page.getByLabel(observer.say('network-code')).fill(listening.code.text)
      await picture(page, 'carry-network')
      await observer.button('hand-over').click()
      const packets = say(language, 'packets', { count: 1 })
      await expect(hand.page.getByText(say(language, 'taken-new', { packets }))).toBeVisible()
      await picture(hand.page, 'receive-taken')
      await expect(observer.button('close')).toBeVisible()
      await picture(page, 'carry-handed')

      await hand.page.goto(`${theirs.address}#/team`)
      await expect(hand.page.getByText(say(language, 'team-waiting', { count: 1 }))).toBeVisible()
      await picture(hand.page, 'team')
      await hand.page.getByText(say(language, 'team-area')).evaluate((title) => title.scrollIntoView())
      await picture(hand.page, 'team-area')
      await hand.page.goto(`${theirs.address}#/receive/network/${TEAM}`)
      await expect(hand.page.getByText(say(language, 'copy-lead'))).toBeVisible()
      await picture(hand.page, 'copy')
      await observer.go('outbox')
      await expect(page.getByText(observer.say('outbox-carried'), { exact: true })).toBeVisible()
      await picture(page, 'outbox-carried')
      await observer.go('reports')
      await page.getByRole('main').locator('a[href^="#/report/"]').click()
      await expect(page.getByText(say(language, 'delivery-carried', { team: LEADER })).first()).toBeVisible()
      await picture(page, 'receipt-carried')
      await hand.page.context().close()
      await theirs.kill()
    })
  }
}

/** Shows the third code of the series. */
async function showThird(observer: Observer): Promise<void> {
  await observer.button('codes-show').click()
  for (const at of ['1', '2']) {
    await expect(observer.page.locator('[data-number]')).toHaveAttribute('data-number', at)
    await observer.button('codes-next').click()
  }
  await expect(observer.page.locator('[data-number]')).toHaveAttribute('data-number', '3')
}
