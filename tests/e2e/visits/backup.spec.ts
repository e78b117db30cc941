import type { Locator, Page } from '@playwright/test'
import { backUp, chooseDownloads, filled } from '../house/backup'
import { Device, MORNING_OF_THE_DAY } from '../house/device'
import { inspect } from '../house/inspect'
import type { Observer } from '../house/observer'
import { expect, PIN, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { say } from '../house/words'

const PHONE = { width: 360, height: 640 }
const LAPTOP = { width: 1280, height: 800 }
const WRONG = '000000'

test.use({ viewport: PHONE, locale: 'en-GB' })

test('what a lost device had not sent comes from its backup, once, and reaches headquarters', async ({
  folder,
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(600_000)
  await filled(headquarters, device, PIN)
  await page.reload()

  await test.step('a backup is made where a stick would be, and says what it protects', async () => {
    await observer.go('settings')
    await inspect(page, 'settings with backups')
    await page.getByRole('link', { name: say('en', 'backup-make'), exact: true }).click()
    await expect(page.getByText(say('en', 'backup-limits'))).toBeVisible()
    await expect(page.getByText(say('en', 'backup-none'))).toBeVisible()
    await chooseDownloads(observer)
    await observer.button('backup-make').click()
    await expect(page.getByText(/^Written, read back and compared: [0-9a-f]{8}\.bqbak, /)).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: '.bqbak' })).toHaveCount(1)
    await inspectWide(page, 'backup')
  })

  // The first one is lost; a new one is at hand, and the stick.
  await device.kill()
  await headquarters.start()
  const other = await Device.open(`${folder}/other`, folder)
  await other.setClock(MORNING_OF_THE_DAY)
  await page.goto(other.address)

  await test.step('the backup opens with its PIN and with no other', async () => {
    await observer.button('restore').click()
    await expect(heading(page, 'restore')).toBeFocused()
    await inspectWide(page, 'restore, files')
    await page.getByRole('button', { name: /\.bqbak/ }).click()
    const entry = page.getByLabel(say('en', 'restore-pin'), { exact: true })
    await entry.fill(WRONG)
    await entry.press('Enter')
    await expect(page.getByText(say('en', 'error-wrong_pin', { retry_in_s: 0 }))).toBeVisible()
    await expect(entry).toHaveValue('')
    await inspectWide(page, 'restore, PIN')
    for (let time = 0; time < 3; time += 1) {
      await entry.fill(WRONG)
      await entry.press('Enter')
      await expect(entry).toHaveValue('')
    }
    await expect(page.getByRole('timer')).toHaveText(/^\d+:\d\d$/)
    await inspect(page, 'restore, waiting')
    await other.setClock({ ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + 3_600_000 })
    await page.reload()
    await observer.button('restore').click()
    await page.getByRole('button', { name: /\.bqbak/ }).click()
    await entry.fill(PIN)
    await observer.button('restore-do').click()
    await expect(page.getByText(say('en', 'earlier-waiting', { count: 1 }))).toBeVisible()
    await inspect(page, 'enrol with an earlier journal')
  })

  await test.step('the draft is there once and says where it came from', async () => {
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    await observer.go('reports')
    await expect(page.getByRole('main').getByRole('link')).toHaveCount(1)
    await expect(page.getByText(say('en', 'origin-restored'))).toBeVisible()
    await inspect(page, 'reports with a draft from a backup')
    await page.getByRole('main').getByRole('link').click()
    await expect(page.getByText(say('en', 'origin-draft-lead'))).toBeVisible()
    await inspect(page, 'a draft from a backup')
  })

  await test.step('the report of the lost device reaches headquarters and can be read here', async () => {
    await other.call('sync', {})
    await openEarlier(observer)
    await expect(heading(page, 'earlier')).toBeFocused()
    await expect(page.getByRole('heading', { name: say('en', 'earlier-restored'), exact: true })).toBeVisible()
    await expect(page.getByRole('main').getByText(say('en', 'delivery-held'))).toBeVisible()
    await inspectWide(page, 'earlier journals')
    await page.getByRole('main').getByRole('link').click()
    await expect(page.getByText(say('en', 'earlier-report-lead'))).toBeVisible()
    await expect(page.getByText(/^Headquarters signed for it/)).toBeVisible()
    await expect(page.locator('#section-title')).toBeVisible()
    for (const id of ['correct', 'withdraw', 'note-report']) await expect(observer.button(id)).toBeHidden()
    await inspectWide(page, 'a report of an earlier journal')
    await page.getByRole('link', { name: say('en', 'back') }).click()
    await expect(heading(page, 'earlier')).toBeVisible()
  })

  await test.step('headquarters shows that the team has two journals', async () => {
    await page.goto(await headquarters.link())
    const journals = page.getByText(say('en', 'hq-team-journals', { count: 2 }))
    await journals.click()
    await expect(page.getByText(/^[0-9a-f]{8}: enrolled /)).toHaveCount(2)
    await inspect(page, 'overview with two journals')
  })
  await other.kill()
})

test('an earlier journal with another PIN waits until that is given', async ({ folder, headquarters, device, observer, page }) => {
  test.setTimeout(480_000)
  await filled(headquarters, device, '135791')
  const path = await backUp(device, folder)
  await device.kill()
  await headquarters.start()
  const other = await Device.open(`${folder}/other`, folder)
  await other.setClock(MORNING_OF_THE_DAY)
  await other.call('restore', { path, pin: '135791' })
  await page.goto(other.address)
  await observer.enrol(await headquarters.enrolmentCode(TEAM))

  await test.step('the day begins with the question, and a wrong PIN opens nothing', async () => {
    await expect(page.getByText(say('en', 'earlier-asks', { count: 1 }))).toBeVisible()
    await inspect(page, 'today with an earlier journal that asks')
    await page.getByRole('link', { name: say('en', 'earlier-look') }).click()
    await page.getByLabel(say('en', 'earlier-pin')).fill(PIN)
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('en', 'error-wrong_pin', { retry_in_s: 0 }))).toBeVisible()
    await inspectWide(page, 'an earlier journal that asks')
  })
  await test.step('with its own PIN it opens, and nothing asks any more', async () => {
    await page.getByLabel(say('en', 'earlier-pin')).fill('135791')
    await observer.button('earlier-open').click()
    await expect(page.getByText(say('en', 'earlier-drafts'))).toBeVisible()
    await page.goto(`${other.address}#/today`)
    await expect(page.getByText(say('en', 'origin-restored'))).toBeVisible()
    await expect(page.getByText(say('en', 'earlier-asks', { count: 1 }))).toBeHidden()
  })
  await other.kill()
})

test('a device whose copy went on says so and begins a new journal', async ({ folder, headquarters, device, observer, page }) => {
  test.setTimeout(600_000)
  const filing = await filled(headquarters, device, PIN)
  const copy = await device.copy(`${folder}/copy`)
  await headquarters.start()
  await filing.file(FORM, MORNING_OF_THE_DAY, MORNING)
  await filing.send()
  const other = filing.on(copy)
  await other.file(FORM, MORNING_OF_THE_DAY, { ...MORNING, B09: '611' })

  await test.step('the first screen says so once headquarters has said so', async () => {
    await page.goto(copy.address)
    await observer.go('outbox')
    await observer.button('send-now').click()
    await expect(page.getByText(say('en', 'forked'), { exact: true })).toBeVisible()
    await observer.go('today')
    await expect(page.getByText(say('en', 'forked-lead'))).toBeVisible()
    await inspectWide(page, 'today of a forked journal')
  })

  await test.step('with a fresh code and the PIN a new journal begins', async () => {
    await page.getByRole('link', { name: say('en', 'anew'), exact: true }).click()
    await observer.button('anew').click()
    await expect(page.getByText(say('en', 'enrol-code-missing'))).toBeVisible()
    await page.getByLabel(say('en', 'enrol-code')).fill(await headquarters.enrolmentCode(TEAM))
    await page.getByLabel(say('en', 'anew-pin')).fill(WRONG)
    await observer.button('anew').click()
    await expect(page.getByText(say('en', 'error-wrong_pin', { retry_in_s: 0 }))).toBeVisible()
    await inspectWide(page, 'begin a new journal')
    await page.getByLabel(say('en', 'anew-pin')).fill(PIN)
    await observer.button('anew').click()
    await expect(page.getByRole('heading', { name: say('en', 'earlier-forked'), exact: true })).toBeVisible({
      timeout: 120_000,
    })
  })

  await test.step('the drafts came over, and headquarters keeps the other way apart', async () => {
    await copy.call('sync', {})
    const latest = page.getByRole('main').getByRole('link').first()
    await expect(latest.getByText(say('en', 'delivery-quarantined'))).toBeVisible()
    await inspect(page, 'earlier journals after a fork')
    await page.goto(`${copy.address}#/today`)
    await expect(page.getByText(say('en', 'origin-other'))).toBeVisible()
    await expect(page.getByText(say('en', 'forked'), { exact: true })).toBeHidden()
  })
  await copy.kill()
})

function heading(page: Page, id: string): Locator {
  return page.getByRole('heading', { level: 1, name: say('en', id), exact: true })
}

/** Looks at the screen on a phone and on a laptop. */
async function inspectWide(page: Page, screen: string): Promise<void> {
  await inspect(page, screen)
  await page.setViewportSize(LAPTOP)
  await inspect(page, `${screen}, wide`)
  await page.setViewportSize(PHONE)
}

/** From the settings, as one who looks for it goes. */
async function openEarlier(observer: Observer): Promise<void> {
  await observer.go('settings')
  await observer.page.getByRole('link', { name: say('en', 'earlier'), exact: true }).click()
}
