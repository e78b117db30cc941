import type { Page } from '@playwright/test'
import { MORNING_OF_THE_DAY } from '../house/device'
import { Filing } from '../house/filing'
import { expect, PIN, signIn, test, TEAM } from '../house/scene'
import { FORM, MORNING } from '../house/voting'

/** What runs where a page takes words for markup, code or an address; each says which it was. */
const HOSTILE = [
  '<script>hit(1)</script>',
  '<img src=x onerror=hit(2)>',
  '<svg onload=hit(3)><animate onbegin=hit(3) attributeName=x dur=1s>',
  '"><iframe srcdoc="<script>parent.hit(4)</script>"></iframe>',
  "' autofocus onfocus=hit(5) x='",
  'javascript:hit(6)',
  '<a href="javascript:hit(7)">here</a>',
  '{{constructor.constructor("hit(8)")()}} ${hit(8)} {$ hit(8)} {@html "<b onclick=hit(8)>"}',
  '</textarea></script><script>hit(9)</script>',
  '<style>@import "javascript:hit(10)"; *{background:url(javascript:hit(10))}</style>',
  '<math><mtext><table><mglyph><style><img src=x onerror=hit(11)>',
  '<details open ontoggle=hit(12)>\u202egnp.exe\u0000\u2028',
]

test.use({ viewport: { width: 360, height: 640 }, locale: 'en-GB' })

test('markup and scripts typed into every text are words on every page', async ({ headquarters, device, observer, page }) => {
  test.setTimeout(600_000)
  const filing = new Filing(device, PIN)
  await filing.enrol(await headquarters.enrolmentCode(TEAM))
  await device.setClock(MORNING_OF_THE_DAY)
  const hits = await listen(page)
  await page.reload()
  // What listens hears.
  await page.evaluate('hit(0)')
  expect(hits.splice(0)).toEqual(['ran 0'])
  await observer.go('today')

  const story = HOSTILE.join('\n')
  const ids: string[] = []
  await test.step('every text question, a place in words, a note and a reason take them and show them', async () => {
    for (const [index, text] of HOSTILE.entries()) {
      const begun = await device.call<Begun>('start_visit', { form: 'incident', station: null, place: text })
      ids.push(begun.row.id)
      const texts = Object.values(begun.sheet.questions).filter(({ kind, read_only }) => kind === 'text' && !read_only)
      for (const { name } of texts.filter(({ name }) => begun.view.questions[name]?.relevant)) {
        const value = { t: 'text', v: text.slice(0, 190) }
        await device.call('answer', { id: begun.row.id, question: name, value })
      }
      await device.call('note', { id: begun.row.id, question: null, text: index === 0 ? story : text })
    }
    for (const id of ids) {
      await page.goto(`${device.address}#/report/${id}`)
      await expect(page.locator('#section-title')).toBeVisible()
      await page.goto(`${device.address}#/report/${id}/review`)
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
    }
    await page.goto(`${device.address}#/reports`)
    await expect(page.getByText(HOSTILE[0] ?? '').first()).toBeVisible()
  })

  await test.step('they are typed with a keyboard as well, and into the search and the enrolled codes', async () => {
    await page.goto(`${device.address}#/report/${ids[0]}`)
    const field = page.locator('article[data-question] textarea, article[data-question] input[type=text]:not([inputmode])')
    for (const text of HOSTILE) {
      await field.first().fill(text.slice(0, 190))
      await field.first().blur()
    }
    await page.goto(`${device.address}#/start/${FORM}`)
    for (const text of HOSTILE) await page.getByRole('searchbox').fill(text)
    await page.goto(`${device.address}#/carry/network`)
    for (const text of HOSTILE) await page.getByRole('textbox').first().fill(text)
    for (const hash of HOSTILE) {
      await page.goto(`${device.address}#/report/${encodeURIComponent(hash)}`)
      await page.goto(`${device.address}#/${hash}`)
    }
  })

  await test.step('headquarters shows them as words too', async () => {
    await filing.file(FORM, MORNING_OF_THE_DAY, { ...MORNING, B60: HOSTILE[1] ?? '' }, story)
    await filing.send()
    await signIn(page, headquarters)
    const home = `https://127.0.0.1:${headquarters.port}/hq.html`
    const figures = await headquarters.indicators()
    const id = figures.find((figure) => figure.form === FORM && figure.forms_denominator > 0)?.id
    await page.goto(`${home}#/indicators/${id}`)
    await page.getByRole('table').getByRole('link').first().click()
    await expect(page.getByText(HOSTILE[1] ?? '').first()).toBeVisible()
    await expect(page.getByText(HOSTILE[0] ?? '').first()).toBeVisible()
    for (const hash of HOSTILE) await page.goto(`${home}#/${hash}`)
    await page.goto(`${home}#/overview`)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
  expect(hits).toEqual([])
})

interface Begun {
  row: { id: string }
  sheet: { questions: Record<string, { name: string; kind: string; read_only: boolean }> }
  view: { questions: Record<string, { relevant: boolean }> }
}

/** Hears whatever runs, opens a dialog, or asks for something that is not ours. */
async function listen(page: Page): Promise<string[]> {
  const hits: string[] = []
  await page.exposeFunction('hit', (which: number) => void hits.push(`ran ${which}`))
  page.on('dialog', (dialog) => {
    hits.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url())
    const isOurs = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:'
    if (!isOurs) hits.push(`asked for ${request.url()}`)
  })
  return hits
}
