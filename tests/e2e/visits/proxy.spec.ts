import { inspect } from '../house/inspect'
import { Proxy } from '../house/proxy'
import { expect, test, TEAM } from '../house/scene'
import { say } from '../house/words'

test.use({ viewport: { width: 360, height: 640 }, locale: 'en-GB' })

test('where the network asks for a proxy, everything goes through it, and what is wrong with it is said', async ({
  headquarters,
  observer,
  page,
}) => {
  test.setTimeout(180_000)
  const proxy = await Proxy.open()
  const field = page.getByLabel(say('en', 'proxy-address'))

  await test.step('a device that is new goes through it', async () => {
    await page.getByText(say('en', 'proxy-asked')).click()
    await field.fill('anna:secret@10.0.0.1:3128')
    await observer.button('proxy-use').click()
    await expect(page.getByText(say('en', 'error-bad_proxy'))).toBeVisible()
    await inspect(page, 'an address that is none')
    await field.fill(proxy.address)
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('en', 'proxy-in-use'))).toContainText(`http://${proxy.address}`)
    await inspect(page, 'enrolment through a proxy')
    await observer.enrol(await headquarters.enrolmentCode(TEAM))
    expect(proxy.asked.length).toBeGreaterThan(0)
  })

  await test.step('a proxy that lets nobody through is named', async () => {
    proxy.refuses = true
    await observer.go('outbox')
    await observer.button('send-now').click()
    await expect(page.getByText(say('en', 'error-proxy_failed')).first()).toBeVisible()
  })

  await test.step('without it, everything goes by itself again', async () => {
    await observer.go('settings')
    await inspect(page, 'settings with a proxy')
    await observer.button('proxy-leave').click()
    await expect(field).toBeVisible()
    const asked = proxy.asked.length
    await observer.go('outbox')
    await observer.button('send-now').click()
    await expect(page.getByText(say('en', 'error-proxy_failed'))).toBeHidden()
    expect(proxy.asked.length).toBe(asked)
  })
  await proxy.close()
})
