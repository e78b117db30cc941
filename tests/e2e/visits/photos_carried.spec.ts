import { MORNING_OF_THE_DAY } from '../house/device'
import { inspect } from '../house/inspect'
import { protocolCopy } from '../house/photo'
import { giveBack, LEADER, openLeader, PHONE, take, takeLatest } from '../house/room'
import { expect, PIN, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { say } from '../house/words'

test.use({ ...PHONE, locale: 'en-GB' })

test('a photo goes with its report through a leader, and only headquarters says that it holds it', async ({
  headquarters,
  folder,
  browser,
  device,
  observer,
  page,
}) => {
  const { device: theirs, hand } = await openLeader(headquarters, browser, folder, PIN)
  await observer.enrol(await headquarters.enrolmentCode(TEAM))
  await headquarters.stop()
  await device.setClock(MORNING_OF_THE_DAY)
  await page.reload()
  await observer.go('today')
  await observer.start(FORM, '1')
  const card = page.locator('article[data-question]:has(input[type=file])').first()
  await card.locator('input[type=file]').setInputFiles(await protocolCopy(browser))
  await page.getByRole('dialog').locator('footer').getByRole('button').first().click()
  await expect(card.locator('li img')).toHaveCount(1)
  await observer.fill(MORNING)
  await observer.review()
  await observer.finish()
  const photo = say('en', 'photos-count', { count: 1 })
  const packet = say('en', 'packets', { count: 1 })

  /** The one photo's state, on the screen of photos. */
  async function expectPhoto(words: string): Promise<void> {
    await observer.go('outbox')
    await page.getByRole('main').locator('a[href="#/photos"]').click()
    await expect(page.locator('main li').getByText(words, { exact: true })).toBeVisible()
    const held = observer.say('photo-state-held')
    if (words !== held) await expect(page.getByText(held, { exact: true })).toHaveCount(0)
  }

  await test.step('what waits is said with its photo, and that codes hold none', async () => {
    await take(observer, 'carry')
    await expect(page.getByText(photo)).toBeVisible()
    await expect(page.getByText(say('en', 'carry-codes-no-photos'))).toBeVisible()
    await inspect(page, 'carry, with a photo')
    await take(observer, 'carry', 'codes')
    await observer.button('codes-show').click()
    await expect(page.getByText(say('en', 'codes-photos-left', { count: 1 }))).toBeVisible()
    await expectPhoto(observer.say('photo-state-waiting'))
  })

  await test.step('over the network in the room the leader takes both and signs for both', async () => {
    await take(hand, 'receive', 'network')
    await hand.button('listen').click()
    const code = await hand.page.getByText(/^BH1-/).textContent()
    await take(observer, 'carry', 'network')
    await page.getByLabel(observer.say('network-code')).fill(code ?? '')
    await observer.button('hand-over').click()
    await expect(page.getByText(new RegExp(`^${LEADER} carries it.*${photo}`))).toBeVisible()
    const packets = `${packet}, ${photo}`
    await expect(hand.page.getByText(say('en', 'taken-new', { packets }))).toBeVisible()
    await inspect(hand.page, 'a report with a photo was taken in')
    await hand.page.goto(`${theirs.address}#/team`)
    await expect(hand.page.getByRole('listitem').filter({ hasText: photo })).toBeVisible()
    await inspect(hand.page, 'team, with a photo')
    await expectPhoto(say('en', 'delivery-carried', { team: LEADER }))
    await inspect(page, 'photos, carried')
    await page.locator('main li button').first().click()
    await expect(page.getByRole('dialog').getByText(new RegExp(`^${LEADER} carries a copy`))).toBeVisible()
    await inspect(page, 'a carried photo, large')
    await page.keyboard.press('Escape')
  })

  await test.step('headquarters gets it from the leader, and its receipt comes back on a stick', async () => {
    await headquarters.start()
    await hand.send()
    await expect(hand.page.getByText(say('en', 'outbox-delivered', { count: 1 }))).toBeVisible({ timeout: 60_000 })
    await hand.page.goto(`${theirs.address}#/team`)
    await expect(hand.page.getByText(`${packet}, ${photo}`).first()).toBeVisible()
    await headquarters.stop()
    await expectPhoto(say('en', 'delivery-carried', { team: LEADER }))
    await giveBack(hand)
    await takeLatest(observer)
    await expect(page.getByText(say('en', 'taken-photos-confirmed', { count: 1 }))).toBeVisible()
    await inspect(page, 'a photo is confirmed')
    await expectPhoto(observer.say('photo-state-held'))
  })
  await hand.page.context().close()
  await theirs.kill()
})
