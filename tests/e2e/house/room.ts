import { expect, type Browser, type BrowserContextOptions, type Page } from '@playwright/test'
import { Device, MORNING_OF_THE_DAY } from './device'
import { Filing } from './filing'
import type { Headquarters } from './headquarters'
import { Observer } from './observer'
import { FORM, MORNING } from './voting'
import { say } from './words'

/** The long-term observers who look after the demonstration team. */
export const LEADER = 'L01'

/** A phone's screen: small, with twice as many dots each way as a page counts. */
export const PHONE = { viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 }

/** A leader's device and a hand at its screen, in the room of the observers. */
export interface Leader {
  device: Device
  hand: Observer
}

/** Files one report on an observers' device and takes headquarters off the network. */
export async function fileOne(headquarters: Headquarters, observer: Observer, device: Device, team: string): Promise<void> {
  const filing = new Filing(device, observer.pin)
  await filing.enrol(await headquarters.enrolmentCode(team))
  await filing.file(FORM, MORNING_OF_THE_DAY, MORNING)
  await observer.page.reload()
  await expect(observer.page.getByRole('navigation').first()).toBeVisible()
}

/** Enrols a leader, whose downloads are the observers' as well. */
export async function openLeader(
  headquarters: Headquarters,
  browser: Browser,
  folder: string,
  pin: string,
  screen: BrowserContextOptions = PHONE,
): Promise<Leader> {
  const device = await Device.open(`${folder}/leader`, folder)
  await new Filing(device, pin).enrol(await headquarters.enrolmentCode(LEADER))
  await device.setClock(MORNING_OF_THE_DAY)
  await device.call('unlock', { pin })
  const context = await browser.newContext({ ...screen, locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(device.address)
  await expect(page.getByRole('navigation').first()).toBeVisible()
  return { device, hand: new Observer(page, pin) }
}

/** Opens one of the roads by which reports go by hand, from the outbox. */
export async function take(hand: Observer, way: 'carry' | 'receive', road?: 'file' | 'network' | 'codes'): Promise<void> {
  await hand.page.goto(`${hand.page.url().split('#')[0]}#/outbox`)
  await hand.page.locator(`main a[href="#/${way}"]`).click()
  await titled(hand, `${way}-title`)
  if (!road) return
  await hand.page.locator(`main a[href="#/${way}/${road}"]`).click()
  await titled(hand, `road-${road}`)
}

async function titled(hand: Observer, id: string): Promise<void> {
  await expect(hand.page.getByRole('heading', { level: 1, name: hand.say(id), exact: true })).toBeVisible()
}

/** The code on the screen as a picture. */
export function pictureOf(page: Page, label: string): Promise<Buffer> {
  return page.getByRole('img', { name: label }).screenshot()
}

/** Steps through the codes by hand and takes a picture of each, with a few more than can be enough. */
export async function photographCodes(observer: Observer, spare = 4): Promise<Buffer[]> {
  const { page, language } = observer
  await observer.button('codes-show').click()
  const number = page.locator('[data-number]')
  await expect(number).toHaveAttribute('data-number', '1')
  const needed = Number(/(\d+)\D*$/.exec((await number.textContent()) ?? '')?.[1])
  const pictures: Buffer[] = []
  for (let at = 1; at <= needed + spare; at += 1) {
    await expect(number).toHaveText(say(language, 'codes-number', { number: at, needed }))
    pictures.push(await pictureOf(page, observer.say('codes-picture')))
    await observer.button('codes-next').click()
  }
  return pictures
}

/** Pictures as files that a page opens. */
export function files(pictures: readonly Buffer[]): { name: string; mimeType: string; buffer: Buffer }[] {
  return pictures.map((buffer, index) => ({ name: `${index}.png`, mimeType: 'image/png', buffer }))
}

/** Writes a file to the stick that all devices of the room have in common. */
export async function writeFile(hand: Observer): Promise<void> {
  const place = say(hand.language, 'place-folder', { name: 'Downloads' })
  await hand.page.getByRole('radio', { name: place, exact: true }).check()
  await hand.button('file-write').click()
  await expect(hand.page.getByText(hand.say('file-made-next'))).toBeVisible()
}

/** Writes what goes back to observers. */
export async function giveBack(hand: Observer): Promise<void> {
  await take(hand, 'carry')
  await hand.page.getByRole('radio', { name: hand.say('load-back'), exact: true }).check()
  await hand.page.locator('main a[href="#/carry/file"]').click()
  await writeFile(hand)
}

/** Takes in the latest file on the stick. */
export async function takeLatest(hand: Observer): Promise<void> {
  await take(hand, 'receive', 'file')
  await hand.page.locator('main li button').first().click()
  await expect(hand.button('receive-more')).toBeVisible()
}
