import { defineConfig } from '@playwright/test'

/** Chromium refuses its own sandbox under root, where containers run it. */
const isRoot = process.getuid?.() === 0

export default defineConfig({
  outputDir: 'results',
  // Every test starts its own headquarters and device; on two cores they would only wait for each other.
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    // Headquarters makes its own key at its first start.
    ignoreHTTPSErrors: true,
    timezoneId: 'Asia/Almaty',
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.BAQYLAU_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    },
  },
  projects: [
    { name: 'visits', testDir: 'visits' },
    { name: 'pictures', testDir: 'pictures' },
  ],
})
