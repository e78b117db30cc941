import { Device, MORNING_OF_THE_DAY } from '../house/device'
import { Filing } from '../house/filing'
import type { Headquarters } from '../house/headquarters'
import type { Answers } from '../house/observer'
import { expect, PIN, signIn, test } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { takePage } from './frame'

/** What three teams found at their first stations, where it differs from an ordinary morning. */
const VISITS: Record<string, readonly Answers[]> = {
  T001: [{}, { B44: 'yes', B56: '2', B59: '3' }, { B05: 'yes', B09: '702', B59: '3' }],
  T002: [{ B24: 'yes', B25: '2', B59: '2' }, { B09: '515' }],
  T014: [{ B37: 'no', B59: '3' }, { B22: 'yes', B54: 'yes', B58: '2', B59: '2' }, { B09: '388' }],
}
const HOUR_MS = 3_600_000

test('every page of headquarters', async ({ folder, headquarters, page }) => {
  test.setTimeout(900_000)
  await receive(headquarters, folder)
  const home = `https://127.0.0.1:${headquarters.port}/hq.html`

  const take = (screen: string, seen: () => Promise<void>): Promise<void> => takePage(page, screen, seen)

  async function headed(): Promise<void> {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  }
  async function tabled(): Promise<void> {
    await headed()
    await expect(page.getByRole('table').first()).toBeVisible()
  }

  await page.goto(home)
  await headed()
  await take('sign-in', headed)
  await signIn(page, headquarters)
  await page.goto(`${home}#/overview`)
  await take('overview', tabled)
  await page.goto(`${home}#/indicators`)
  const behind = page.locator('article a[href*="#/indicators/"]')
  await take('indicators', async () => expect(behind.first()).toBeVisible())
  const { id } = (await headquarters.indicators()).find(({ numerator, form }) => form === FORM && numerator > 1) ?? {}
  await page.goto(`${home}#/indicators/${id}`)
  await take('indicator', tabled)
  await page.getByRole('row', { name: 'T014' }).getByRole('link').first().click()
  await expect(page).toHaveURL(/#\/reports\//)
  await take('report', tabled)
})

/** Three teams enrol, visit their stations, and send what they found. */
async function receive(headquarters: Headquarters, folder: string): Promise<void> {
  for (const [team, visits] of Object.entries(VISITS)) {
    const device = await Device.open(`${folder}/${team}`)
    const filing = new Filing(device, PIN)
    await filing.enrol(await headquarters.enrolmentCode(team))
    for (const [index, differs] of visits.entries()) {
      const at = { ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + index * HOUR_MS }
      const note = index === 0 ? 'The chairperson answered all our questions.' : undefined
      await filing.file(FORM, at, { ...MORNING, ...differs }, note)
    }
    await filing.send()
    await device.kill()
  }
}
