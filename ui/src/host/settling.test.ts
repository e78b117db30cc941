import { expect, it } from 'vitest'
import { settling } from './settling'
import type { Host } from './types'

/** A host whose commands end when the test says so. */
function slow(): { host: Host; ends: (() => void)[] } {
  const ends: (() => void)[] = []
  const call = (): Promise<never> => new Promise((done) => ends.push(() => done({} as never)))
  return { host: { call, listen: () => () => undefined }, ends }
}

it('has settled when an answer is on the disk, and the one that waited behind it', async () => {
  const { host, ends } = slow()
  const watched = settling(host)
  const answer = (): Promise<unknown> => watched.call('answer', { id: 'r', question: 'q', value: null })
  const order: string[] = []
  const both = answer().then(() => {
    order.push('first')
    setTimeout(() => ends[1]?.())
    return answer().then(() => order.push('second'))
  })
  const settled = watched.settled().then(() => order.push('settled'))
  ends[0]?.()
  await Promise.all([both, settled])
  expect(order).toEqual(['first', 'second', 'settled'])
})
it('does not wait for an exchange with headquarters', async () => {
  const { host } = slow()
  const watched = settling(host)
  void watched.call('sync', {})
  await watched.settled()
})
