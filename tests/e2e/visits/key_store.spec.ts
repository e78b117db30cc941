import type { Locator, Page } from '@playwright/test'
import { inspect } from '../house/inspect'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'

test.use({ viewport: { width: 360, height: 640 }, locale: 'en-GB' })

const section = (page: Page): Locator => page.getByRole('heading', { name: say('en', 'setting-binding') })

test('a device that is bound opens on its computer only, and says elsewhere what is missing', async ({
  logIn,
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await fileOne(headquarters, observer, device, TEAM)
  const own = await logIn('own')
  const other = await logIn('other')

  await test.step('without a key store nothing is offered', async () => {
    const asked = page.waitForResponse('**/api/key_store')
    await observer.go('settings')
    await asked
    await expect(section(page)).toBeHidden()
  })

  await test.step('with one, the observer binds the device, by keyboard alone', async () => {
    await device.logInto(own)
    await page.reload()
    await observer.unlock()
    await observer.go('settings')
    await expect(section(page)).toBeVisible()
    await observer.button('binding-title').press('Enter')
    const pin = page.getByRole('dialog').getByLabel(say('en', 'pin'), { exact: true })
    await pin.fill('000000')
    await observer.button('binding-bind').press('Enter')
    await expect(page.getByText(say('en', 'error-wrong_pin', { retry_in_s: 0 }))).toBeVisible()
    await inspect(page, 'binding a device')
    await pin.fill(observer.pin)
    await observer.button('binding-bind').press('Enter')
    await expect(page.getByText(say('en', 'binding-on'))).toBeVisible()
    await expect(page.getByRole('dialog')).toBeHidden()
    await inspect(page, 'settings of a bound device')
  })

  await test.step('it opens as before', async () => {
    await page.keyboard.press('Alt+KeyL')
    await observer.unlock()
  })

  await test.step('under another login the right PIN opens nothing, and is not counted', async () => {
    await device.logInto(other)
    await page.reload()
    await expect(observer.button('unlock')).toBeVisible()
    for (let count = 0; count < 6; count++) {
      await page.keyboard.type(observer.pin)
      await page.keyboard.press('Enter')
      await expect(page.getByText(say('en', 'error-key_store_missing'))).toBeVisible()
      await expect(section(page)).toBeFocused()
      await expect(page.getByText(say('en', 'binding-lost'))).toBeVisible()
      if (count === 0) await inspect(page, 'a lock screen whose key store is another')
      await observer.button('binding-again').press('Enter')
    }
    await expect(observer.button('unlock')).toBeEnabled()
  })

  await test.step('at home it opens, and after unbinding everywhere', async () => {
    await device.logInto(own)
    await page.reload()
    await observer.unlock()
    await observer.go('settings')
    await observer.button('binding-release').click()
    await expect(page.getByText(say('en', 'binding-off'))).toBeVisible()
    await device.logInto(other)
    await page.reload()
    await observer.unlock()
    await observer.go('reports')
    await expect(page.locator('main a[href^="#/report/"]')).toHaveCount(1)
  })
})
