import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** Everything that WCAG 2.2 AA asks and a machine can see. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const THEMES = ['light', 'dark', 'sun'] as const

/** What axe finds, in a form that can be read in a failure. */
async function faults(page: Page, extra: readonly string[] = []): Promise<string[]> {
  // Colours are measured when they have settled. What is far off the screen is not painted and would never settle by
  // itself.
  await page.evaluate(() => {
    for (const one of document.getAnimations()) {
      if (Number.isFinite(Number(one.effect?.getComputedTiming().endTime))) one.finish()
    }
  })
  const { violations } = await new AxeBuilder({ page }).withTags([...RULES, ...extra]).analyze()
  return violations.flatMap((fault) =>
    fault.nodes.map((node) => `${fault.id}: ${node.target.join(' ')} – ${node.failureSummary ?? ''}`),
  )
}

/** Looks at the screen in every theme; the sunlight theme promises seven to one. */
export async function inspect(page: Page, screen: string): Promise<void> {
  for (const theme of THEMES) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme)
    expect.soft(await faults(page, theme === 'sun' ? ['wcag2aaa'] : []), `${screen}, ${theme}`).toEqual([])
  }
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(sideways, `${screen} is wider than the phone`).toBeLessThanOrEqual(0)
}
