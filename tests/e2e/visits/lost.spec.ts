import { readdirSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { choose } from '../house/choose'
import { type Device, type Moment, MORNING_OF_THE_DAY } from '../house/device'
import { inspect } from '../house/inspect'
import type { Observer } from '../house/observer'
import { fileOne } from '../house/room'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'

const PHONE = { width: 360, height: 640 }
const LAPTOP = { width: 1280, height: 800 }
const INCIDENT = 'incident'
const WRONG = '000000'

test.use({ viewport: PHONE, locale: 'en-GB' })

test('a device that is found is locked, slows guesses down, and is wiped without its PIN', async ({
  folder,
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await observer.enrol(await headquarters.enrolmentCode(TEAM))
  await device.setClock(MORNING_OF_THE_DAY)

  await test.step('what is being typed is on the disk before two keys lock the app', async () => {
    const { row } = await device.call<{ row: { id: string } }>('start_visit', {
      form: INCIDENT,
      station: null,
      place: null,
    })
    await page.goto(`${device.address}#/report/${row.id}`)
    const story = page.getByRole('textbox', { name: 'Alleged perpetrators' })
    await story.pressSequentially('Seals were broken')
    await page.keyboard.press('Alt+KeyL')
    await observer.unlock()
    await expect(story).toHaveValue('Seals were broken')
  })

  await test.step('the app that was left locks itself, and choosing a picture is no leaving', async () => {
    await observer.go('settings')
    await choose(page.getByRole('radiogroup', { name: say('en', 'setting-leave') }), say('en', 'leave-at-once'))
    const picker = page.waitForEvent('filechooser')
    await page.goto(`${device.address}#/receive/file`)
    await page.locator('input[type=file]').first().click()
    await picker
    await look(page, 'hidden')
    await look(page, 'visible')
    await expect(page.getByRole('heading', { level: 1, name: say('en', 'road-file'), exact: true })).toBeVisible()
    await look(page, 'hidden')
    await look(page, 'visible')
    await expect(observer.button('unlock')).toBeVisible()
  })

  await test.step('wrong PINs cost a wait that is counted down and outlives a restart', async () => {
    await guess(observer, device, 8)
    await expect(page.getByText(say('en', 'pin-wait'))).toBeVisible()
    await expect(page.getByRole('timer')).toHaveText(/^\d+:\d\d$/)
    await device.kill()
    await device.start()
    await page.reload()
    await expect(page.getByRole('timer')).toBeVisible()
    await inspect(page, 'lock screen that waits')
    await device.setClock(later(12))
    await page.reload()
    await expect(observer.button('unlock')).toBeVisible()
    await inspect(page, 'lock screen')
  })

  await test.step('a tap destroys nothing; a held one destroys everything', async () => {
    await observer.button('wipe').click()
    await expect(page.getByText(say('en', 'wipe-unknown'))).toBeVisible()
    await inspect(page, 'wipe while locked')
    await page.setViewportSize(LAPTOP)
    await inspect(page, 'wipe while locked, wide')
    await page.setViewportSize(PHONE)
    await observer.button('wipe-hold').click()
    await expect(observer.button('wipe-hold')).toBeVisible()
    await observer.button('keep-locked').click()
    await page.goto(`${device.address}#/today`)
    await observer.unlock()
    await page.getByRole('button', { name: say('en', 'lock-app'), exact: true }).click()
    await observer.button('wipe').click()
    await hold(page, observer.button('wipe-hold'))
    await expect(page.getByText(say('en', 'wiped'), { exact: true })).toBeVisible()
    expect(readdirSync(`${folder}/device/store`)).toEqual(['store.lock'])
    await inspect(page, 'enrol after a wipe')
  })

  await test.step('the device can be enrolled again, and knows nothing of before', async () => {
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    await observer.go('reports')
    await expect(page.getByText(say('en', 'reports-empty'))).toBeVisible()
  })
})

test('before a wipe the open device says what only it holds; keys and screen readers can do it too', async ({
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await page.setViewportSize(LAPTOP)
  await fileOne(headquarters, observer, device, TEAM)
  await headquarters.stop()
  await observer.go('settings')
  await inspect(page, 'settings')
  await page.getByRole('link', { name: say('en', 'wipe'), exact: true }).click()
  await expect(page.getByText(say('en', 'wipe-reports', { count: 1 }))).toBeVisible()
  await inspect(page, 'wipe')
  await page.setViewportSize(PHONE)
  await inspect(page, 'wipe on a phone')

  await test.step('one activation without a finger only asks for another', async () => {
    await observer.button('wipe-hold').evaluate((button: HTMLElement) => button.click())
    await expect(page.getByText(say('en', 'wipe-again'))).toBeVisible()
    await expect(page.getByText(say('en', 'wipe-reports', { count: 1 }))).toBeVisible()
  })
  await test.step('the space bar is held until everything is gone', async () => {
    await observer.button('wipe-hold').focus()
    await page.keyboard.down('Space')
    await expect(page.getByText(say('en', 'wiped'), { exact: true })).toBeVisible()
    await page.keyboard.up('Space')
  })
  await test.step('two activations do it as well', async () => {
    await headquarters.start()
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    await page.goto(`${device.address}#/wipe`)
    await expect(page.getByText(say('en', 'wipe-nothing-lost'))).toBeVisible()
    await observer.button('wipe-hold').evaluate((button: HTMLElement) => {
      button.click()
      button.click()
    })
    await expect(page.getByText(say('en', 'wiped'), { exact: true })).toBeVisible()
  })
})

test('where it was asked for, the last wrong PIN destroys everything', async ({
  folder,
  headquarters,
  device,
  observer,
  page,
}) => {
  test.setTimeout(240_000)
  await observer.enrol(await headquarters.enrolmentCode(TEAM))
  await device.setClock(MORNING_OF_THE_DAY)
  await observer.go('settings')
  await choose(
    page.getByRole('radiogroup', { name: say('en', 'setting-wipe-after') }),
    say('en', 'wipe-after-most', { count: 5 }),
  )
  await page.getByRole('button', { name: say('en', 'lock-app'), exact: true }).click()
  await expect(page.getByText(say('en', 'tries-left', { count: 5 }))).toBeVisible()
  await guess(observer, device, 4)
  await device.setClock(later(12))
  await page.reload()
  await expect(page.getByText(say('en', 'tries-left', { count: 1 }))).toBeVisible()
  await inspect(page, 'lock screen before the last try')
  await page.keyboard.type(WRONG)
  await page.keyboard.press('Enter')
  await expect(page.getByText(say('en', 'wiped'), { exact: true })).toBeVisible()
  expect(readdirSync(`${folder}/device/store`)).toEqual(['store.lock'])
  await device.kill()
  await device.start()
  await page.reload()
  await expect(observer.button('enrol')).toBeVisible()
})

/** So many hours after the morning. */
function later(hours: number): Moment {
  return { ...MORNING_OF_THE_DAY, utc_ms: MORNING_OF_THE_DAY.utc_ms + hours * 3_600_000 }
}

/** Types a wrong PIN so many times, each when its turn has come. */
async function guess(observer: Observer, device: Device, times: number): Promise<void> {
  const entry = observer.page.getByLabel(say(observer.language, 'pin'), { exact: true })
  for (let time = 0; time < times; time += 1) {
    if (time >= 4) {
      await device.setClock(later(time))
      await observer.page.reload()
    }
    await entry.fill(WRONG)
    await entry.press('Enter')
    await expect(entry).toHaveValue('')
  }
}

/** Holds a finger on a button until it is gone. */
async function hold(page: Page, button: Locator): Promise<void> {
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not on the screen')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 3)
  await page.mouse.down()
  await expect(page.getByRole('button', { name: say('en', 'wipe-holding'), exact: true })).toBeVisible()
  await expect(page.getByText(say('en', 'wiped'), { exact: true })).toBeVisible()
  await page.mouse.up()
}

/** The page is covered, or seen again. */
async function look(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((to) => {
    Object.defineProperty(document, 'visibilityState', { value: to, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }, state)
}
