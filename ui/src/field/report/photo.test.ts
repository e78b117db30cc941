import { expect, it } from 'vitest'
import { blobOf, choices } from './photo'

const blob = (size: number): Blob => new Blob([new Uint8Array(size)], { type: 'image/jpeg' })

it('the smaller picture is offered first, with the one as taken beside it', () => {
  const found = choices(blob(900), blob(300), true)
  expect(found.map(({ how, blob }) => [how, blob.size])).toEqual([
    ['smaller', 300],
    ['as_taken', 900],
  ])
})
it('a picture that drawing makes no smaller is kept as taken', () => {
  expect(choices(blob(200), blob(300), true).map(({ how }) => how)).toEqual(['as_taken'])
})
it('what the core does not take as it is can only be drawn anew', () => {
  expect(choices(blob(200), blob(300), false).map(({ how }) => how)).toEqual(['smaller'])
})
it('bytes come back as they are', async () => {
  const picture = blobOf({ media_type: 'image/png', base64: btoa('\x89PNG\x00\xff') })
  expect(picture.type).toBe('image/png')
  expect([...new Uint8Array(await picture.arrayBuffer())]).toEqual([0x89, 80, 78, 71, 0, 255])
})
