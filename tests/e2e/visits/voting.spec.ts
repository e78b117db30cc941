import { MORNING_OF_THE_DAY } from '../house/device'
import { expect, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { beginning, say } from '../house/words'

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, locale: 'en-GB' })

test('a whole voting visit offline, delivered later, corrected, delivered again', async ({
  headquarters,
  device,
  observer,
  page,
}) => {
  const code = await headquarters.enrolmentCode(TEAM)
  await observer.enrol(code)
  await headquarters.stop()
  await device.setClock(MORNING_OF_THE_DAY)

  await test.step('the form is filled in without a network, and the language changes in the middle', async () => {
    await observer.start(FORM, '1')
    await observer.fill(MORNING, async (section) => {
      if (section !== 1) return
      const before = await chosen()
      expect(before.length).toBeGreaterThan(0)
      await observer.speak('kk')
      expect(await chosen()).toEqual(before)
    })
  })

  await test.step('the battery dies; every answer that was shown as saved is there', async () => {
    const before = await chosen()
    await device.kill()
    await device.start()
    await page.reload()
    await observer.unlock()
    await expect(page.locator('#section-title')).toBeVisible()
    expect(await chosen()).toEqual(before)
  })

  await test.step('both observers confirm, and the report waits', async () => {
    await observer.review()
    await observer.finish()
    await expect(page.getByText(observer.say('delivery-waiting')).first()).toBeVisible()
  })

  await test.step('sending without headquarters says so and loses nothing', async () => {
    await observer.send()
    await expect(page.getByText(observer.say('outbox-safe'))).toBeVisible({ timeout: 60_000 })
    await expect(page.getByRole('main').locator('a[href^="#/report/"]')).toHaveCount(1)
  })

  await test.step('headquarters comes back and signs for the report', async () => {
    await headquarters.start()
    await observer.send()
    await expect(page.getByText(observer.say('outbox-empty'))).toBeVisible({ timeout: 60_000 })
    expect(await votingForms()).toBe(1)
  })

  await test.step('a correction is a new revision, and travels as one', async () => {
    await observer.speak('en')
    await observer.go('reports')
    await page.getByRole('main').locator('a[href^="#/report/"]').click()
    await expect(page.getByText(beginning('en', 'receipt-held'))).toBeVisible()
    await observer.button('correct').click()
    await page.getByRole('dialog').getByLabel(say('en', 'reason')).fill('The queue was counted again')
    await observer.button('correct-begin').click()
    await expect(page.getByText(say('en', 'state-correcting')).first()).toBeVisible()
    await changeOneAnswer()
    await page.getByRole('button', { name: say('en', 'sections') }).or(page.locator('nav.bar .current')).first().click()
    await page.getByRole('dialog').getByRole('button', { name: say('en', 'review'), exact: true }).click()
    await observer.finish('finish-correction')
    await expect(page.getByText('The queue was counted again')).toBeVisible()
    await observer.send()
    await expect(page.getByText(observer.say('outbox-empty'))).toBeVisible({ timeout: 60_000 })
    expect(await votingForms()).toBe(1)
  })

  await test.step('a note on the finished report is kept with its time, and travels too', async () => {
    await observer.go('reports')
    await page.getByRole('main').locator('a[href^="#/report/"]').click()
    await observer.note('The chairperson telephoned about the queue')
    await observer.go('outbox')
    await expect(page.getByRole('main').locator('a[href^="#/report/"]')).toHaveCount(1)
    await observer.send()
    await expect(page.getByText(observer.say('outbox-empty'))).toBeVisible({ timeout: 60_000 })
  })

  /** Codes of the answers chosen on the screen. */
  async function chosen(): Promise<string[]> {
    return page
      .locator('article[data-question] input:checked')
      .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value))
  }

  /** Chooses another answer to the first question that has one. */
  async function changeOneAnswer(): Promise<void> {
    const group = page.locator('article[data-question] [role=radiogroup]:visible').first()
    await group.locator('label:not(.chosen)').first().click()
    await observer.saved()
  }

  /** Voting forms behind the best-founded figure of that form. */
  async function votingForms(): Promise<number> {
    const figures = (await headquarters.indicators()).filter((figure) => figure.form === FORM)
    return Math.max(...figures.map((figure) => figure.forms_denominator))
  }
})
