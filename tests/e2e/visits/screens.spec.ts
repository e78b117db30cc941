import { MORNING_OF_THE_DAY } from '../house/device'
import { Filing } from '../house/filing'
import { inspect } from '../house/inspect'
import { expect, PIN, signIn, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'

test.use({ viewport: { width: 360, height: 640 }, locale: 'en-GB' })

test('axe finds nothing on any screen in any theme', async ({ headquarters, device, observer, page }) => {
  test.setTimeout(900_000)
  await expect(observer.button('enrol')).toBeVisible()
  await inspect(page, 'enrol')
  await observer.enrol(await headquarters.enrolmentCode(TEAM))

  for (const place of ['today', 'reports', 'outbox', 'settings'] as const) {
    await observer.go(place)
    await inspect(page, place)
  }
  await observer.go('today')
  await page.locator(`main a[href="#/start/${FORM}"]`).click()
  await expect(page.getByRole('searchbox')).toBeVisible()
  await inspect(page, 'start a visit')
  await page.getByRole('link', { name: observer.say('back') }).click()

  await observer.start(FORM, '1')
  await observer.fill(MORNING, async (section) => inspect(page, `report, section ${section + 1}`))
  await observer.review()
  await inspect(page, 'review and finish')
  await observer.finish()
  await inspect(page, 'finished report')
  await observer.note('The queue had gone when we left.')
  await inspect(page, 'finished report with a note')
  await observer.go('reports')
  await inspect(page, 'reports with one in them')
  await page.getByRole('link', { name: observer.say('incident') }).click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await inspect(page, 'incident')

  await device.kill()
  await device.start()
  await page.reload()
  await expect(observer.button('unlock')).toBeVisible()
  await inspect(page, 'unlock')
})

test("axe finds nothing on headquarters' pages", async ({ headquarters, device, page }) => {
  const filing = new Filing(device, PIN)
  await filing.enrol(await headquarters.enrolmentCode(TEAM))
  // A seal that is broken is a finding, and so the report's page has one.
  await filing.file(FORM, MORNING_OF_THE_DAY, { ...MORNING, B37: 'no' }, 'The chairperson answered all our questions.')
  await filing.send()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`https://127.0.0.1:${headquarters.port}/`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await inspect(page, 'sign in')
  await signIn(page, headquarters)
  for (const place of ['overview', 'indicators']) {
    await page.goto(`https://127.0.0.1:${headquarters.port}/hq.html#/${place}`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await inspect(page, place)
  }
  const figures = await headquarters.indicators()
  const id = figures.find((figure) => figure.form === FORM && figure.forms_denominator > 0)?.id
  await page.goto(`https://127.0.0.1:${headquarters.port}/hq.html#/indicators/${id}`)
  const report = page.getByRole('table').getByRole('link').first()
  await expect(report).toBeVisible()
  await inspect(page, 'the reports behind one indicator')
  await report.click()
  await expect(page.getByRole('table')).toBeVisible()
  await inspect(page, 'a report')
})
