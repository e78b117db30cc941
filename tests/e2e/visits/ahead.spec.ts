import { sendAhead } from '../house/ahead'
import type { Headquarters } from '../house/headquarters'
import { inspect } from '../house/inspect'
import { expect, PIN, signIn, test, TEAM } from '../house/scene'
import { FORM } from '../house/voting'
import { say } from '../house/words'

test.use({ viewport: { width: 1240, height: 840 }, locale: 'en-GB' })

test('an incident that came ahead of its journal is read at once and counts in its turn', async ({ headquarters, device, page }) => {
  test.setTimeout(180_000)
  const proxy = await sendAhead(headquarters, device, TEAM, PIN)
  await signIn(page, headquarters)
  const home = `https://127.0.0.1:${headquarters.port}/hq.html`
  await page.goto(`${home}#/overview`)
  await expect(page.getByText(say('en', 'hq-ahead', { count: 1 }))).toBeVisible()
  await inspect(page, 'overview with an incident ahead of its journal')
  expect(await reportsCounted(headquarters)).toBe(0)
  await page.getByRole('link', { name: new RegExp(`^${TEAM}`) }).click()
  await expect(page.getByText(say('en', 'hq-verdict-ahead'))).toBeVisible()
  await expect(page.getByRole('table')).toContainText('Attack')
  await inspect(page, 'an incident ahead of its journal')

  proxy.bears = Number.POSITIVE_INFINITY
  await device.call('sync', {})
  await expect(page.getByText(say('en', 'hq-verdict-accepted'))).toBeVisible()
  await page.goto(`${home}#/overview`)
  await expect(page.getByRole('table')).toBeVisible()
  await expect(page.getByText(say('en', 'hq-ahead', { count: 1 }))).toBeHidden()
  expect(await reportsCounted(headquarters)).toBe(8)
  await proxy.close()
})

/** Voting reports that stand behind the figures. */
async function reportsCounted(headquarters: Headquarters): Promise<number> {
  const voting = (await headquarters.indicators()).filter((figure) => figure.form === FORM)
  return Math.max(...voting.map((figure) => figure.forms_denominator))
}
