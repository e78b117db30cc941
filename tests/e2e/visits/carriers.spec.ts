import { inspect } from '../house/inspect'
import {
  fileOne,
  files,
  giveBack,
  LEADER,
  openLeader,
  PHONE,
  photographCodes,
  pictureOf,
  take,
  takeLatest,
  writeFile,
  type Leader,
} from '../house/room'
import { expect, PIN, test, TEAM } from '../house/scene'
import type { Observer } from '../house/observer'
import { FORM } from '../house/voting'
import { say } from '../house/words'

test.use({ ...PHONE, locale: 'en-GB' })

let leader: Leader

test.beforeEach(async ({ headquarters, folder, browser, device, observer }) => {
  leader = await openLeader(headquarters, browser, folder, PIN)
  await fileOne(headquarters, observer, device, TEAM)
  await headquarters.stop()
})
test.afterEach(async () => {
  await leader.hand.page.context().close()
  await leader.device.kill()
})

/** The one report's badge. */
async function expectReport(observer: Observer, words: string): Promise<void> {
  await observer.go('reports')
  const card = observer.page.getByRole('main').locator('a[href^="#/report/"]')
  await expect(card).toContainText(words)
  const held = observer.say('delivery-held')
  if (words !== held) await expect(card).not.toContainText(held)
}

test('by codes to a leader, and only headquarters says that it holds the report', async ({ headquarters, observer, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await observer.go('today')
  await page.locator('main a[href="#/carry"]').click()
  await expect(page.getByText(observer.say('carry-own'))).toBeVisible()
  await page.locator('main a[href="#/carry/codes"]').click()
  const pictures = await photographCodes(observer)

  const { hand } = leader
  await take(hand, 'receive')
  await hand.page.getByLabel(hand.say('receive-team'), { exact: true }).selectOption(TEAM)
  await hand.page.locator('main a[href="#/receive/codes"]').click()
  // In any order, several at once.
  await hand.page.locator('main input[type=file]').setInputFiles(files([...pictures].reverse()))
  await expect(hand.page.getByText(say('en', 'taken-new', { packets: say('en', 'packets', { count: 1 }) }))).toBeVisible()

  await hand.go('outbox')
  await hand.page.locator('main a[href="#/team"]').click()
  const row = hand.page.getByRole('listitem').filter({ hasText: TEAM })
  await expect(row).toContainText(say('en', 'team-waiting', { count: 1 }))

  // Codes go one way: the observers know of nothing before the leader's word came back.
  await expectReport(observer, observer.say('delivery-waiting'))
  await giveBack(hand)
  await takeLatest(observer)
  await expect(page.getByText(say('en', 'taken-custody', { teams: LEADER, packets: say('en', 'packets', { count: 1 }) }))).toBeVisible()
  await expectReport(observer, say('en', 'delivery-carried', { team: LEADER }))
  await page.getByRole('main').locator('a[href^="#/report/"]').click()
  await expect(page.locator('header')).toContainText(say('en', 'delivery-carried', { team: LEADER }))
  await expect(page.getByText(new RegExp(`^${LEADER} carries it since`))).toBeVisible()
  await observer.go('today')
  await expect(page.getByRole('main').getByText(say('en', 'evidence-carried', { waiting: 1, carried: 1 }))).toBeVisible()

  await headquarters.start()
  await hand.send()
  await expect(hand.page.getByText(say('en', 'outbox-delivered', { count: 1 }))).toBeVisible({ timeout: 60_000 })
  await headquarters.stop()
  // It is there, and this device cannot know.
  await expectReport(observer, say('en', 'delivery-carried', { team: LEADER }))
  await giveBack(hand)
  await takeLatest(observer)
  await expect(page.getByText(say('en', 'taken-confirmed', { count: 1 }))).toBeVisible()
  await expectReport(observer, observer.say('delivery-held'))
})

test('by the network in the room, with the code from the screen', async ({ observer, page }) => {
  const { hand } = leader
  await take(hand, 'receive', 'network')
  await hand.button('listen').click()
  const picture = await pictureOf(hand.page, hand.say('listen-code'))

  await take(observer, 'carry', 'network')
  await observer.button('hand-over').click()
  await expect(page.getByText(observer.say('network-code-missing'))).toBeVisible()
  await page.locator('main input[type=file]').setInputFiles(files([picture]))
  await expect(page.getByLabel(observer.say('network-code'))).toHaveValue(/^BH1-/)
  await observer.button('hand-over').click()
  await expect(page.getByText(new RegExp(`^${LEADER} carries it`))).toBeVisible()
  await expect(hand.page.getByText(say('en', 'taken-new', { packets: say('en', 'packets', { count: 1 }) }))).toBeVisible()
  await expectReport(observer, say('en', 'delivery-carried', { team: LEADER }))
})

test('a copy that the leader asked for outlives the device it was taken from', async ({ headquarters, observer, device, page }) => {
  const { hand } = leader
  await hand.page.goto(`${hand.page.url().split('#')[0]}#/team`)
  const title = say('en', 'copy-title', { team: TEAM })
  await hand.page.getByRole('link', { name: title }).click()
  await expect(hand.page.getByRole('heading', { level: 1, name: title })).toBeVisible()
  await expect(hand.page.getByText(say('en', 'copy-how', { team: TEAM }))).toBeVisible()
  await inspect(hand.page, 'a copy is asked for')
  await hand.button('listen').click()
  const code = await hand.page.getByText(/^BH1-/).textContent()

  await take(observer, 'carry', 'network')
  await page.getByLabel(observer.say('network-code')).fill(code ?? '')
  await observer.button('hand-over').click()
  await expect(page.getByText(new RegExp(`^${LEADER} carries it`))).toBeVisible()
  await hand.page.goto(`${hand.page.url().split('#')[0]}#/team`)
  const row = hand.page.getByRole('listitem').filter({ hasText: TEAM })
  await expect(row).toContainText(say('en', 'team-waiting', { count: 1 }))

  await device.kill()
  await headquarters.start()
  await hand.send()
  await expect(hand.page.getByText(say('en', 'outbox-delivered', { count: 1 }))).toBeVisible({ timeout: 60_000 })
  const figures = await headquarters.indicators()
  const counted = figures.filter((figure) => figure.form === FORM).map((figure) => figure.forms_denominator)
  expect(Math.max(...counted)).toBe(1)
})

test('a file that nobody has signed for is said to be just that', async ({ observer, page }) => {
  await take(observer, 'carry', 'file')
  await writeFile(observer)
  await expectReport(observer, observer.say('delivery-on_file'))
  // The leader's own picker takes it as well, and what is no bundle says so.
  const { hand } = leader
  await take(hand, 'receive', 'file')
  const picker = hand.page.locator('main input[type=file]')
  await picker.setInputFiles({ name: 'letter.obsb', mimeType: 'text/plain', buffer: Buffer.from('Dear all') })
  await expect(hand.page.getByText(hand.say('error-not_a_bundle'))).toBeVisible()
  await hand.page.locator('main li button').first().click()
  await expect(hand.page.getByText(say('en', 'taken-new', { packets: say('en', 'packets', { count: 1 }) }))).toBeVisible()
})

test('a camera reads the codes while they run, and the keyboard sets their pace', async ({ observer, page }) => {
  await take(observer, 'carry', 'codes')
  await observer.button('codes-show').click()
  const number = page.locator('[data-number]')
  await expect(number).not.toHaveAttribute('data-number', '1')
  await page.locator('main h1').focus()
  await page.keyboard.press('+')
  await expect(page.getByText(say('en', 'codes-rate', { rate: 4 }))).toBeVisible()
  await page.keyboard.press('-')
  await page.keyboard.press('-')
  await expect(page.getByText(say('en', 'codes-rate', { rate: 2 }))).toBeVisible()
  await page.keyboard.press(' ')
  await expect(observer.button('codes-run')).toBeVisible()
  await page.keyboard.press(' ')

  // The leader's camera sees what stands on the observers' screen: a canvas that is drawn on stands in for the lens.
  const { hand } = leader
  await hand.page.addInitScript(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 900 })
    const lens = async (picture: string): Promise<void> => {
      const image = Object.assign(new Image(), { src: picture })
      await image.decode()
      const pen = canvas.getContext('2d')
      pen?.drawImage(image, 0, 0, 900, 900)
    }
    Object.assign(window, { lens })
    Object.defineProperty(navigator.mediaDevices, 'getUserMedia', { value: async () => canvas.captureStream(15) })
  })
  await hand.page.reload()
  await take(hand, 'receive', 'codes')
  await hand.button('camera-on').click()
  await expect(hand.page.getByLabel(hand.say('camera-picture'))).toBeVisible()
  const there = hand.page.getByText(say('en', 'taken-new', { packets: say('en', 'packets', { count: 1 }) }))
  await expect(async () => {
    const picture = await pictureOf(page, observer.say('codes-picture'))
    await hand.page.evaluate(
      (data) => (window as unknown as { lens: (data: string) => Promise<void> }).lens(data),
      `data:image/png;base64,${picture.toString('base64')}`,
    )
    await expect(there).toBeVisible({ timeout: 700 })
  }).toPass({ timeout: 120_000 })
  await expect(hand.page.getByLabel(hand.say('camera-picture'))).toBeHidden()
})

test('axe finds nothing where reports go by hand', async ({ observer, page }) => {
  test.setTimeout(600_000)
  const { hand } = leader
  await take(observer, 'carry')
  await inspect(page, 'carry')
  await take(observer, 'carry', 'file')
  await inspect(page, 'carry by file')
  await writeFile(observer)
  await inspect(page, 'a file is made')
  await take(observer, 'carry', 'codes')
  await observer.button('codes-show').click()
  await observer.button('codes-pause').click()
  await inspect(page, 'carry by codes')
  await take(observer, 'carry', 'network')
  await inspect(page, 'carry by network')
  await expectReport(observer, observer.say('delivery-on_file'))
  await inspect(page, 'reports with one on a file')
  await observer.go('outbox')
  await inspect(page, 'outbox with one on a file')

  await take(hand, 'receive')
  await expect(hand.page.getByLabel(hand.say('receive-team'), { exact: true })).toBeVisible()
  await inspect(hand.page, 'receive')
  await take(hand, 'receive', 'codes')
  await inspect(hand.page, 'receive by codes')
  await take(hand, 'receive', 'network')
  await hand.button('listen').click()
  await expect(hand.page.getByRole('img', { name: hand.say('listen-code') })).toBeVisible()
  await inspect(hand.page, 'waiting for a hand-over')
  await take(hand, 'receive', 'file')
  await inspect(hand.page, 'receive by file')
  await hand.page.locator('main li button').first().click()
  await expect(hand.page.getByText(hand.say('receive-more'))).toBeVisible()
  await inspect(hand.page, 'a file is taken in')
  await take(hand, 'carry')
  await inspect(hand.page, "carry with others' packets")
  await hand.page.goto(`${hand.page.url().split('#')[0]}#/team`)
  await expect(hand.page.getByText(hand.say('team-area'))).toBeVisible()
  await inspect(hand.page, 'team')
})
