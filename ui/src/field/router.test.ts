import { describe, expect, it } from 'vitest'
import { address, read, type Screen } from './router.svelte'

describe('addresses', () => {
  const screens: Screen[] = [
    { name: 'today' },
    { name: 'start', form: null },
    { name: 'start', form: 'a form/with a slash' },
    { name: 'report', id: '0190-ab' },
    { name: 'review', id: '0190-ab' },
    { name: 'carry', road: null },
    { name: 'carry', road: 'codes' },
    { name: 'receive', road: 'network' },
    { name: 'receive', road: 'network', from: 'A team/7' },
    { name: 'team' },
    { name: 'incident' },
    { name: 'settings' },
    { name: 'backup' },
    { name: 'earlier' },
    { name: 'earlier-report', journal: 'aside/2011-restored', id: '0190-ab' },
    { name: 'anew' },
  ]
  it.each(screens)('lead back to the screen they were made from: $name', (screen) => {
    expect(read(address(screen))).toEqual(screen)
  })

  it.each(['', '#', '#/', '#/nowhere', '#/report', '#/report/%E0%A4%A'])(
    'that name no screen still open one: %s',
    (hash) => {
      expect(() => read(hash)).not.toThrow()
      expect(['today', 'report']).toContain(read(hash).name)
    },
  )
})
