import type { Locator } from '@playwright/test'
import { MORNING_OF_THE_DAY } from '../house/device'
import { expect, PIN, test, TEAM } from '../house/scene'
import { say } from '../house/words'

// A system in American English: nothing of it may show in the app's own dates.
test.use({ viewport: { width: 1240, height: 840 }, locale: 'en-US' })

const OPENING = 'opening'
const INCIDENT = 'incident'

test('keyboard and search do what the hands expect of them', async ({ headquarters, device, observer, page }) => {
  await observer.enrol(await headquarters.enrolmentCode(TEAM))
  await device.setClock(MORNING_OF_THE_DAY)

  await test.step('the PIN is typed at once, at the start and after locking, and beside the pad', async () => {
    await device.kill()
    await device.start()
    await page.reload()
    await observer.unlock()
    await observer.go('settings')
    await observer.button('lock-now').click()
    await observer.unlock()
    await observer.go('settings')
    await observer.button('lock-now').click()
    await page.getByRole('button', { name: PIN[0], exact: true }).click()
    await page.keyboard.type(PIN.slice(1))
    await expect(page.getByLabel(say('en', 'pin'), { exact: true })).toHaveValue(PIN)
    await expect(page.getByLabel(say('en', 'pin'), { exact: true })).toHaveAttribute('inputmode', 'none')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation').first()).toBeVisible()
  })

  await test.step('a search says how much of what it found is listed, and keeps what was chosen', async () => {
    await observer.go('today')
    await page.locator(`main a[href="#/start/${OPENING}"]`).click()
    const hits = page.getByRole('list', { name: say('en', 'search-results') }).getByRole('button')
    await page.getByRole('searchbox').fill('12')
    await expect(page.getByText(/^The first 20 of [\d,]+ found, out of [\d,]+ places$/)).toBeVisible()
    await expect(hits).toHaveCount(20)
    const name = (await hits.nth(3).locator('strong').textContent()) ?? ''
    await hits.nth(3).click()
    for (const search of ['34', '99999999']) {
      await page.getByRole('searchbox').fill(search)
      await expect(hits.first()).toContainText(name)
      await expect(hits.first()).toHaveAttribute('aria-pressed', 'true')
    }
    await expect(hits).toHaveCount(1)
    await page.locator('.action').getByRole('button').click()
    await expect(page.locator('#section-title')).toBeVisible()
  })

  await test.step('a new window shows findings and notes beside the report', async () => {
    await expect(page.locator('aside.side')).toBeVisible()
  })

  await test.step('a date is written as the app writes it; one that does not exist is not stored', async () => {
    const card = page.locator('article[data-question="H07"]')
    if (!(await card.isVisible())) await page.locator('details summary').click()
    const field = card.getByRole('textbox')
    await expect(field).toHaveValue('03.04.2011')
    await type(field, '04042011')
    await expect(field).toHaveValue('04.04.2011')
    await expect(card.getByText('Monday')).toBeVisible()
    await expect.poll(() => stored('H07')).toEqual({ t: 'date', v: '2011-04-04' })
    await type(field, '31022011')
    await expect(field).toHaveValue('31.02.2011')
    await expect(card.getByText(say('en', 'date-unreadable'))).toBeVisible()
    await expect.poll(() => stored('H07')).toBeNull()
    await type(field, '3.4.2011')
    await expect(field).toHaveValue('03.04.2011')
    await expect.poll(() => stored('H07')).toEqual({ t: 'date', v: '2011-04-03' })
    await expect(card.getByRole('button', { name: say('en', 'calendar') })).toBeVisible()
  })

  await test.step('what is wrong is to be corrected; only what is missing is needed', async () => {
    await observer.typeTime('H14', '12:00')
    await observer.typeTime('H15', '11:00')
    await expect.poll(() => stored('H15')).toEqual({ t: 'time', v: '11:00:00' })
    await page.goto(`${device.address}#/report/${reportId()}/review`)
    const part = (id: string): Locator =>
      page.locator('main section').filter({
        has: page.getByRole('heading', { name: say('en', id), exact: true }),
      })
    await expect(part('review-correct')).toContainText('Not before the arrival.')
    await expect(part('review-correct')).not.toContainText(say('en', 'finding-missing'))
    await expect(part('review-blocking')).toHaveCount(0)
  })

  await test.step('a moment whose time does not exist is no moment, and its day waits for another time', async () => {
    const begun = await device.call<{ row: { id: string } }>('start_visit', {
      form: INCIDENT,
      station: null,
      place: null,
    })
    await page.goto(`${device.address}#/report/${begun.row.id}`)
    const card = page.locator('article[data-question="L503"]')
    if (!(await card.isVisible())) await page.locator('details summary').click()
    const [day, time] = [card.getByRole('textbox').first(), card.getByRole('textbox').last()]
    await expect(day).toHaveValue('03.04.2011')
    await type(time, '2500')
    await expect(card.getByText(say('en', 'time-unreadable'))).toBeVisible()
    await expect(day).toHaveValue('03.04.2011')
    await expect(time).toHaveValue('25:00')
    await type(day, '02042011')
    await expect(day).toHaveValue('02.04.2011')
    await expect(time).toHaveValue('25:00')
    // The form's default, now, is in force meanwhile; nothing of what is half known went with it.
    await expect.poll(async () => moment(await stored('L503'))).toMatch(/^2011-04-03/)
    await type(time, '0955')
    await expect(card.getByText(say('en', 'time-unreadable'))).toBeHidden()
    await expect(time).toHaveValue('09:55')
    await expect(day).toHaveValue('02.04.2011')
    await expect.poll(async () => moment(await stored('L503'))).toBe('2011-04-02T09:55')
  })

  /** The wall clock of a stored moment. */
  function moment(value: unknown): string {
    const { v } = value as { v: { utc_ms: number; offset_min: number } }
    return new Date(v.utc_ms + v.offset_min * 60_000).toISOString().slice(0, 16)
  }

  /** Types key by key in place of what is there, and leaves the field. */
  async function type(field: Locator, keys: string): Promise<void> {
    await field.clear()
    await field.pressSequentially(keys)
    await field.blur()
  }

  function reportId(): string {
    return /#\/report\/([^/?]+)/.exec(page.url())?.[1] ?? ''
  }

  /** What the core holds as the answer to a question of the report on the screen. */
  async function stored(question: string): Promise<unknown> {
    const report = await device.call<{
      view: { questions: Record<string, { value: unknown }> }
    }>('report', {
      id: reportId(),
    })
    return report.view.questions[question]?.value ?? null
  }
})
