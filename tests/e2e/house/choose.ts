import { expect, type Locator } from '@playwright/test'

/** Chooses one of a group, and waits until the core has taken it. */
export async function choose(group: Locator, label: string): Promise<void> {
  const one = group.getByRole('radio', { name: label, exact: true })
  await one.locator('xpath=ancestor::label').click()
  await expect(one).toBeChecked()
}
