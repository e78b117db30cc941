// Writes src/text/ids.ts: the id of every sentence and the arguments it takes, read from the English files.
// `--check` writes nothing and fails when the file is stale.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../../assets/locales/', import.meta.url)
const target = new URL('../src/text/ids.ts', import.meta.url)

/** The messages of one .ftl text: id → names of its arguments, in order. */
export function messages(text) {
  const found = new Map()
  let id
  for (const line of text.split('\n')) {
    const start = /^([a-z][a-z0-9_-]*)\s*=/.exec(line)
    if (start) found.set((id = start[1]), new Set())
    else if (!/^\s/.test(line) && line.trim() !== '') id = undefined
    if (id) for (const [, name] of line.matchAll(/\$([a-z][a-z0-9_]*)/g)) found.get(id).add(name)
  }
  return found
}

/** All messages of a language. */
export function ofLanguage(language) {
  const folder = new URL(`${language}/`, root)
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()
  return new Map(files.flatMap((name) => [...messages(readFileSync(new URL(name, folder), 'utf8'))]))
}

export function source() {
  const english = [...ofLanguage('en')].sort(([a], [b]) => (a < b ? -1 : 1))
  const withArguments = english.filter(([, names]) => names.size > 0)
  return [
    '// Written by `npm run gen` from assets/locales/en; do not edit.',
    '',
    'export type MessageId =',
    ...english.map(([id]) => `  | '${id}'`),
    '',
    'export interface MessageArguments {',
    ...withArguments.map(
      ([id, names]) => `  '${id}': { ${[...names].map((name) => `${name}: string | number`).join('; ')} }`,
    ),
    '}',
    '',
  ].join('\n')
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split('/').pop())) {
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== source()) {
      console.error('src/text/ids.ts is stale: run `npm run gen`')
      process.exit(1)
    }
  } else writeFileSync(target, source())
}
