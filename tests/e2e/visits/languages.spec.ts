import { MORNING_OF_THE_DAY } from '../house/device'
import { inspect } from '../house/inspect'
import { protocolCopy } from '../house/photo'
import { openLeader, PHONE, take, writeFile } from '../house/room'
import { expect, PIN, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { say } from '../house/words'

test.use({ ...PHONE, locale: 'en-GB' })

// English is looked at in the other visits; its words are the shortest.
for (const language of ['ru', 'kk'] as const) {
  test(`what goes by hand and what can be lost, in ${language}: axe finds nothing and nothing is wider than the phone`, async ({
    headquarters,
    folder,
    browser,
    device,
    observer,
    page,
  }) => {
    test.setTimeout(600_000)
    const { device: theirs, hand } = await openLeader(headquarters, browser, folder, PIN)
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    await headquarters.stop()
    await device.setClock(MORNING_OF_THE_DAY)
    await page.reload()
    await observer.speak(language)
    await hand.speak(language)
    await observer.go('today')
    await observer.start(FORM, '1')
    const card = page.locator('article[data-question]:has(input[type=file])').first()
    await card.locator('input[type=file]').setInputFiles(await protocolCopy(browser))
    await inspect(page, 'how to keep a photo')
    await page.getByRole('dialog').locator('footer').getByRole('button').first().click()
    await expect(card.locator('li img')).toHaveCount(1)
    await observer.fill(MORNING)
    await observer.review()
    await observer.finish()
    await observer.go('outbox')
    await inspect(page, 'outbox')
    await page.getByRole('main').locator('a[href="#/photos"]').click()
    await expect(page.locator('main li img')).toHaveCount(1)
    await inspect(page, 'photos')

    await take(observer, 'carry')
    await inspect(page, 'carry')
    await take(observer, 'carry', 'codes')
    await observer.button('codes-show').click()
    await observer.button('codes-pause').click()
    await inspect(page, 'carry by codes')
    await take(observer, 'carry', 'file')
    await writeFile(observer)
    await inspect(page, 'a file is made')
    await take(hand, 'receive')
    await inspect(hand.page, 'receive')
    await take(hand, 'receive', 'file')
    await inspect(hand.page, 'receive by file')
    await hand.page.goto(`${theirs.address}#/receive/network/${TEAM}`)
    await hand.button('listen').click()
    const code = await hand.page.getByText(/^BH1-/).textContent()
    await inspect(hand.page, 'waiting for a hand-over')
    await take(observer, 'carry', 'network')
    await page.getByLabel(observer.say('network-code')).fill(code ?? '')
    await inspect(page, 'carry by network')
    await observer.button('hand-over').click()
    await expect(hand.page.getByText(say(language, 'photos-count', { count: 1 }))).toBeVisible()
    await inspect(hand.page, 'taken in')
    await inspect(page, 'handed over')
    await hand.page.goto(`${theirs.address}#/team`)
    await expect(hand.page.getByText(hand.say('team-area'))).toBeVisible()
    await inspect(hand.page, 'team')

    await observer.go('settings')
    await inspect(page, 'settings')
    await page.getByRole('link', { name: say(language, 'wipe'), exact: true }).click()
    await expect(page.getByText(say(language, 'wipe-reports', { count: 1 }))).toBeVisible()
    await inspect(page, 'wipe')
    await page.getByRole('button', { name: say(language, 'lock-app'), exact: true }).click()
    await expect(observer.button('unlock')).toBeVisible()
    await inspect(page, 'lock screen')
    await hand.page.context().close()
    await theirs.kill()
  })
}
