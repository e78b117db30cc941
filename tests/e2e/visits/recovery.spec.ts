import { choose } from '../house/choose'
import { inspect } from '../house/inspect'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'

const NEW_PIN = '731904'

test.use({ viewport: { width: 360, height: 640 }, locale: 'en-GB' })

test('a forgotten PIN is replaced with headquarters’ answer, where that was allowed before', async ({
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await fileOne(headquarters, observer, device, TEAM)
  const forgotten = observer.button('recovery-title')

  await test.step('from the start nobody can help', async () => {
    await page.keyboard.press('Alt+KeyL')
    await expect(observer.button('unlock')).toBeVisible()
    await expect(forgotten).toBeHidden()
    await observer.unlock()
  })

  await test.step('the observer lets headquarters help', async () => {
    await observer.go('settings')
    const group = page.getByRole('radiogroup', { name: say('en', 'setting-recovery') })
    await choose(group, say('en', 'recovery-allowed'))
    await inspect(page, 'settings that let headquarters help')
    await page.keyboard.press('Alt+KeyL')
  })

  let request = ''
  await test.step('a new PIN makes a request, as a code and as text', async () => {
    await forgotten.click()
    await page.getByLabel(say('en', 'pin-new'), { exact: true }).fill(NEW_PIN)
    await page.getByLabel(say('en', 'pin-again'), { exact: true }).fill('731905')
    await observer.button('recovery-ask').click()
    await expect(page.getByText(say('en', 'pin-differs'))).toBeVisible()
    await inspect(page, 'a new PIN for a forgotten one')
    await page.getByLabel(say('en', 'pin-again'), { exact: true }).fill(NEW_PIN)
    await observer.button('recovery-ask').click()
    await expect(page.getByRole('img', { name: say('en', 'recovery-picture') })).toBeVisible()
    await page.getByText(say('en', 'recovery-as-text')).click()
    request = (await page.locator('.code span').allInnerTexts()).map((line) => line.trim()).join('-')
    await inspect(page, 'a request to headquarters')
  })

  await test.step('a slip in the answer is said and changes nothing', async () => {
    const answer = await headquarters.recoveryAnswer(request)
    const field = page.getByLabel(say('en', 'recovery-answer'), { exact: true })
    await field.fill(`${answer.slice(0, -1)}${answer.endsWith('0') ? '1' : '0'}`)
    await observer.button('recovery-open').click()
    await expect(page.getByText(say('en', 'error-bad_recovery_answer'))).toBeVisible()
    await field.fill(answer.toLowerCase())
    await observer.button('recovery-open').click()
    await expect(page.getByRole('navigation').first()).toBeVisible()
  })

  await test.step('everything is there, and the new PIN is the PIN', async () => {
    await observer.go('reports')
    await expect(page.locator('main a[href^="#/report/"]')).toHaveCount(1)
    await page.keyboard.press('Alt+KeyL')
    await expect(observer.button('unlock')).toBeVisible()
    await page.keyboard.type(NEW_PIN)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('navigation').first()).toBeVisible()
  })
})
