import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

/** Where `npm run dev` finds the core: `field-host` and `baqylau-hq` listen on loopback. */
const core = process.env.BAQYLAU_CORE ?? 'http://127.0.0.1:4173'

export default defineConfig({
  // Relative, because the pages are served from a Tauri asset protocol, from `field-host` and from headquarters.
  base: './',
  plugins: [svelte()],
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: ['..'] },
    proxy: { '/api': { target: core, secure: false } },
  },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: { field: 'field.html', hq: 'hq.html' },
      // How long the build's own parts took is nothing that whoever starts a demonstration wants to read.
      checks: { pluginTimings: false },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts'] },
})
