import { choose } from '../house/choose'
import { inspect } from '../house/inspect'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'

const PHONE = { width: 360, height: 640 }
const LAPTOP = { width: 1280, height: 800 }

test.use({ viewport: PHONE, locale: 'en-GB' })

test('a sealed report can no longer be opened here, and headquarters still gets it', async ({
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await fileOne(headquarters, observer, device, TEAM)

  await test.step('the settings name the price, and what is finished is open until its time is over', async () => {
    await observer.go('settings')
    const finished = page.getByRole('radiogroup', {
      name: say('en', 'setting-finished'),
    })
    await expect(finished.getByRole('radio', { name: say('en', 'finished-kept') })).toBeChecked()
    await choose(finished, say('en', 'finished-sealed'))
    await expect(page.getByText(say('en', 'finished-price'))).toBeVisible()
    await inspect(page, 'settings with sealing')
    await page.setViewportSize(LAPTOP)
    await inspect(page, 'settings with sealing, wide')
    await page.setViewportSize(PHONE)
    await observer.go('reports')
    await expect(page.getByText(/^Open until .*\d\d:\d\d$/)).toBeVisible()
    await page.getByRole('main').getByRole('link').first().click()
    await expect(page.getByText(/^You can correct it until .*\d\d:\d\d\./)).toBeVisible()
    await expect(observer.button('correct')).toBeVisible()
    await inspect(page, 'report whose edit window is open')
  })

  await test.step('without time for corrections it goes at once', async () => {
    await observer.go('settings')
    const window = page.getByRole('radiogroup', {
      name: say('en', 'setting-edit-window'),
    })
    await choose(window, say('en', 'window-at-once'))
    await observer.go('reports')
    await expect(page.getByText(say('en', 'sealed-short'))).toBeVisible()
    await inspect(page, 'reports with a sealed one')
    await page.getByRole('main').getByRole('link').first().click()
    await expect(page.getByText(say('en', 'sealed'), { exact: true })).toBeVisible()
    await expect(observer.button('correct')).toBeHidden()
    await expect(page.locator('#section-title')).toBeHidden()
    await inspect(page, 'sealed report')
    await page.setViewportSize(LAPTOP)
    await inspect(page, 'sealed report, wide')
  })

  await test.step('it is delivered like any other', async () => {
    await device.call('sync', {})
    await expect(page.getByText(/^Headquarters signed for it/)).toBeVisible()
  })
})
