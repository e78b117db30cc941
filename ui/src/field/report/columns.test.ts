import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

function text(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8')
}

it('the window opens wide enough for every column of a report', () => {
  const { app } = JSON.parse(text('../../../../src-tauri/tauri.conf.json')) as {
    app: { windows: { width: number }[] }
  }
  const widths = [...text('./ReportColumns.svelte').matchAll(/min-width: (\d+)px/g)].map(([, px]) =>
    Number(px),
  )
  expect(app.windows[0]?.width).toBeGreaterThanOrEqual(Math.max(...widths))
})
