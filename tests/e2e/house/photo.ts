import type { Browser } from '@playwright/test'

/** A file as a camera leaves it. */
export interface PhotoFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** What the camera wrote beside the picture; it must never arrive. */
export const CANARY = 'CANARY 51.1605N 71.4704E'

const FIGURES = [
  ['1', 'Voters on the list', '1 212'],
  ['2', 'Ballot papers received', '1 250'],
  ['3', 'Ballot papers issued', '904'],
  ['4', 'Ballot papers cancelled', '346'],
  ['5', 'Ballot papers in the boxes', '904'],
  ['6', 'Invalid ballot papers', '11'],
]

/** A photo of a made-up results protocol on a table, as somebody takes one by a lamp: drawn, so that nobody's is needed. */
export async function protocolCopy(browser: Browser, name = 'protocol.jpg', tilt = -1.2): Promise<PhotoFile> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, deviceScaleFactor: 2 })
  const rows = FIGURES.map(([no, what, value]) => `<tr><td>${no}</td><td>${what}</td><td class="v">${value}</td></tr>`)
  await page.setContent(`<style>
    body { margin: 0; height: 900px; display: grid; place-items: center; font: 26px Georgia, serif; color: #23262b;
      background: radial-gradient(circle at 35% 25%, #a58563, #5d4530 75%); }
    main { width: 820px; padding: 44px 56px 34px; background: linear-gradient(160deg, #fffdf6, #ece5d2);
      box-shadow: 0 24px 60px #0008; transform: rotate(${tilt}deg); }
    h1 { margin: 0 0 6px; font-size: 36px; text-align: center; }
    p { margin: 0 0 18px; text-align: center; font-size: 22px; }
    table { width: 100%; border-collapse: collapse; } td { border: 1.5px solid #6b665a; padding: 9px 12px; }
    td:first-child { width: 1.4em; text-align: center; }
    .v { width: 5em; text-align: right; font-family: "Comic Sans MS", cursive; color: #1c3f8f; }
    i { display: block; margin-top: 26px; color: #1c3f8f; font-size: 30px; text-align: right; }
  </style><main><h1>Results protocol (specimen)</h1><p>Polling station 1 · 3 April 2011 · synthetic</p>
  <table>${rows.join('')}</table><i>A. Specimen</i></main>`)
  const drawn = await page.screenshot({ type: 'jpeg', quality: 92 })
  await page.close()
  const said = Buffer.from(CANARY)
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, said.length + 2]), said])
  const buffer = Buffer.concat([drawn.subarray(0, 2), comment, drawn.subarray(2)])
  return { name, mimeType: 'image/jpeg', buffer }
}
