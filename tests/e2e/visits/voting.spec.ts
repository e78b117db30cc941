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

  await test.step('a time is typed digit by digit; one that does not exist stays in view and is not stored', async () => {
    await observer.start(FORM, '1')
    const stored = (): Promise<unknown> => storedAnswer('H15')
    for (const [digits, time] of [
      ['1030', '10:30'],
      ['0955', '09:55'],
      ['1412', '14:12'],
      ['930', '09:30'],
      ['0700', '07:00'],
    ] as const) {
      await expect(await observer.typeTime('H15', digits)).toHaveValue(time)
      await expect.poll(stored).toEqual({ t: 'time', v: `${time}:00` })
    }
    const field = await observer.typeTime('H15', '2500')
    await expect(field).toHaveValue('25:00')
    await expect(page.getByText(observer.say('time-unreadable'))).toBeVisible()
    await expect.poll(stored).toBeNull()
    await page.locator('.onward').getByRole('button').click()
    await expect(field).toBeHidden()
    await page.getByRole('button', { name: observer.say('section-before') }).click()
    await expect(field).toHaveValue('25:00')
    await expect(page.getByText(observer.say('time-unreadable'))).toBeVisible()
    await field.press('End')
    await field.press('Backspace')
    await field.pressSequentially('5')
    await expect(field).toHaveValue('25:05')
    await observer.typeTime('H15', '14:12')
    await expect(page.getByText(observer.say('time-unreadable'))).toBeHidden()
    await expect.poll(stored).toEqual({ t: 'time', v: '14:12:00' })
  })

  await test.step('the form is filled in without a network, and the language changes in the middle', async () => {
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
    await expect(page.getByText(say(observer.language, 'outbox-confirmed', { count: 1 }))).toBeVisible({
      timeout: 60_000,
    })
    await expect(page.getByText(observer.say('outbox-empty'))).toBeVisible()
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

  /** What the core holds as the answer to a question of the report on the screen. */
  async function storedAnswer(question: string): Promise<unknown> {
    const id = /#\/report\/([^/?]+)/.exec(page.url())?.[1]
    const report = await device.call<{ view: { questions: Record<string, { value: unknown }> } }>('report', { id })
    return report.view.questions[question]?.value ?? null
  }

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
