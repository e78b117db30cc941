import { MORNING_OF_THE_DAY } from '../house/device'
import { inspect } from '../house/inspect'
import { CANARY, protocolCopy } from '../house/photo'
import { expect, signIn, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'
import { beginning, say } from '../house/words'

test.use({ viewport: { width: 360, height: 640 }, hasTouch: true, locale: 'en-GB' })

test('a photo is taken offline, travels after its report, and headquarters shows it', async ({
  headquarters,
  device,
  observer,
  page,
  browser,
}) => {
  test.setTimeout(600_000)
  await observer.enrol(await headquarters.enrolmentCode(TEAM))
  await headquarters.stop()
  await device.setClock(MORNING_OF_THE_DAY)
  const photo = await protocolCopy(browser)
  const other = await protocolCopy(browser, 'other.jpg', 2)
  const card = page.locator('article[data-question]:has(input[type=file])').first()
  const states = card.locator('.state')
  const smaller = page.getByRole('button', { name: beginning('en', 'photo-smaller') })
  const asTaken = page.getByRole('button', { name: beginning('en', 'photo-as-taken') })

  await test.step('before there is any, the screen says how to add one', async () => {
    await observer.go('outbox')
    await page.getByRole('main').locator('a[href="#/photos"]').click()
    await expect(page.getByText(observer.say('photos-empty'), { exact: true })).toBeVisible()
    await inspect(page, 'photos, none yet')
  })

  await test.step('any question takes photos; both sizes are said before one is chosen', async () => {
    await page.goto(`${device.address}#/today`)
    await observer.start(FORM, '1')
    await card.locator('input[type=file]').setInputFiles(photo)
    await expect(asTaken).toBeVisible()
    await expect(smaller).toBeVisible()
    await inspect(page, 'how to keep a photo')
    await asTaken.click()
    await expect(states).toHaveText([observer.say('photo-state-on_device')])
    await card.locator('input[type=file]').setInputFiles(other)
    await smaller.click()
    await expect(states).toHaveCount(2)
    await inspect(page, 'a question with two photos')
  })

  await test.step('one goes again while the draft is open; the other survives an empty battery', async () => {
    await card.getByRole('button', { name: beginning('en', 'photo-remove-from') }).last().click()
    await expect(states).toHaveCount(1)
    await device.kill()
    await device.start()
    await page.reload()
    await observer.unlock()
    await expect(states).toHaveText([observer.say('photo-state-on_device')])
    await expect(card.locator('li img')).toBeVisible()
  })

  await test.step('with its report it waits, and is seen large, by keyboard too', async () => {
    await observer.fill(MORNING)
    await observer.review()
    await observer.finish()
    await page.locator('main a[href^="#/photos/"], aside a[href^="#/photos/"]').filter({ visible: true }).first().click()
    await expect(page.getByRole('main').getByText(observer.say('photo-state-waiting'), { exact: true })).toBeVisible()
    await expect(page.locator('main li img')).toBeVisible()
    await inspect(page, 'photos of a report')
    await page.locator('main li button').focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog').getByRole('img')).toBeVisible()
    await inspect(page, 'a photo, large')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  })

  await test.step('without headquarters it goes on waiting', async () => {
    await page.getByRole('link', { name: observer.say('back') }).click()
    await observer.send()
    await expect(page.getByText(observer.say('outbox-safe'))).toBeVisible({ timeout: 60_000 })
  })

  await test.step('headquarters signs for the report, and then for the photo', async () => {
    await headquarters.start()
    await observer.send()
    await expect(page.getByText(say('en', 'outbox-photos', { count: 1 }))).toBeVisible({ timeout: 90_000 })
    await page.getByRole('main').locator('a[href="#/photos"]').click()
    await expect(page.getByText(observer.say('photo-state-held'), { exact: true })).toBeVisible()
    await inspect(page, 'photos, held')
  })

  await test.step("headquarters' page shows it, without what the camera wrote", async () => {
    await page.setViewportSize({ width: 1280, height: 800 })
    await signIn(page, headquarters)
    const figures = await headquarters.indicators()
    const id = figures.find((figure) => figure.form === FORM && figure.forms_denominator > 0)?.id
    await page.goto(`https://127.0.0.1:${headquarters.port}/hq.html#/indicators/${id}`)
    await page.getByRole('table').getByRole('link').first().click()
    const shown = page.locator('main img, section img').first()
    // What is below the screen is not asked for before it is scrolled to.
    await shown.scrollIntoViewIfNeeded()
    await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2400)
    await inspect(page, 'a report with a photo')
    const text = await shown.evaluate(async (image: HTMLImageElement) => {
      const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer())
      return new TextDecoder('latin1').decode(bytes)
    })
    expect(text.startsWith('\u00ff\u00d8\u00ff')).toBe(true)
    expect(text).not.toContain(CANARY)
  })
})
