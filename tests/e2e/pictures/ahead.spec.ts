import { sendAhead } from '../house/ahead'
import { expect, PIN, signIn, test, TEAM } from '../house/scene'
import { takePage } from './frame'

test('an incident ahead of its journal', async ({ headquarters, device, page }) => {
  test.setTimeout(600_000)
  const proxy = await sendAhead(headquarters, device, TEAM, PIN)
  await signIn(page, headquarters)
  const home = `https://127.0.0.1:${headquarters.port}/hq.html`
  await page.goto(`${home}#/overview`)
  const ahead = page.getByRole('link', { name: new RegExp(`^${TEAM}`) })
  await takePage(page, 'ahead', async () => expect(ahead).toBeVisible())
  await ahead.click()
  await takePage(page, 'ahead-report', async () => expect(page.getByRole('table')).toBeVisible())
  await proxy.close()
})
