import type { Page } from '@playwright/test'
import { mkdirSync } from 'node:fs'
import { ROOT } from '../house/programs'
import type { Language } from '../house/words'

/** Where the pictures go. */
export const FOLDER = process.env.BAQYLAU_PICTURES ?? `${ROOT}/docs/img`

/** A small phone, and a laptop's window. */
export const SIZES = { phone: { width: 360, height: 640 }, wide: { width: 1280, height: 800 } } as const

export const LANGUAGES = ['en', 'kk'] as const satisfies readonly Language[]
/** Of what goes by hand and what can be lost. */
export const ALL_LANGUAGES = [...LANGUAGES, 'ru'] as const satisfies readonly Language[]
export const THEMES = ['light', 'dark'] as const

/** Takes the screen of a name in both themes. */
export function camera(page: Page, size: string, language: Language): (screen: string) => Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  return async (screen) => {
    // A finger leaves no trace on the glass; a mouse would leave its button lit.
    await page.mouse.move(0, 0)
    for (const theme of THEMES) {
      await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
      const path = `${FOLDER}/${screen}-${size}-${theme}-${language}.png`
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    }
  }
}

/** Takes a page of headquarters in both sizes, both languages and both themes, as the browser's own settings have them. */
export async function takePage(page: Page, screen: string, seen: () => Promise<void>): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport)
    for (const language of LANGUAGES) {
      for (const theme of THEMES) {
        await page.evaluate(([tongue, colours]) => {
          localStorage.setItem('language', tongue)
          localStorage.setItem('theme', colours)
        }, [language, theme] as const)
        await page.reload()
        await seen()
        await page.mouse.move(0, 0)
        const path = `${FOLDER}/hq-${screen}-${size}-${theme}-${language}.png`
        await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
      }
    }
  }
}

/** What is plugged into the machine that takes the pictures is not in them. */
export async function unplug(page: Page, command: 'backup_places' | 'carry_places'): Promise<void> {
  await page.route(`**/api/${command}`, async (route) => {
    const reply = await route.fetch()
    const { places } = (await reply.json()) as { places: { removable: boolean }[] }
    await route.fulfill({ response: reply, json: { places: places.filter(({ removable }) => !removable) } })
  })
}
