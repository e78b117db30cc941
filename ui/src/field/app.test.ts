import { expect, it } from 'vitest'
import type { CommandName, Event, Host, Status } from '../host/types'
import { Refusal } from '../host/types'
import { texts } from '../text/texts.svelte'
import { FluentBundle, FluentResource } from '@fluent/bundle'
import { App } from './app.svelte'

function status(phase: Status['phase'], forked = false): Status {
  const settings = { language: 'en', theme: 'system' }
  return { phase, forked, earlier_closed: 0, settings, holder: null } as unknown as Status
}

/** A core that answers what the test says, and tells what happened when the test says so. */
class Core {
  readonly answers = new Map<CommandName, () => unknown>()
  tell: (event: Event) => void = () => undefined
  readonly host: Host = {
    call: async (name) => (await this.answers.get(name)?.()) as never,
    listen: (handler) => {
      this.tell = handler
      return () => undefined
    },
  }
}

async function opened(core: Core): Promise<App> {
  const bundle = new FluentBundle('en')
  bundle.addResource(new FluentResource('app-name = Baqylau'))
  texts.use('en', bundle)
  core.answers.set('status', () => status('open', true))
  const app = new App(core.host)
  await app.open()
  return app
}

it('keeps its screen while one journal ends and the next begins', async () => {
  const core = new Core()
  const app = await opened(core)
  let begun: (status: Status) => void = () => undefined
  core.answers.set('begin_anew', () => new Promise<Status>((done) => (begun = done)))
  const beginning = app.beginAnew('BQ1-X', '204811')
  core.answers.set('status', () => status('new'))
  core.tell({ event: 'locked' })
  await new Promise((go) => setTimeout(go))
  expect(app.status?.phase).toBe('open')
  begun(status('open'))
  await beginning
  expect([app.status?.phase, app.status?.forked, app.isWiped]).toEqual(['open', false, false])
})

it('says that a journal forked as soon as an exchange has shown it', async () => {
  const core = new Core()
  const app = await opened(core)
  await app.take(status('open'))
  core.tell({ event: 'reports_changed' })
  await new Promise((go) => setTimeout(go))
  expect(app.status?.forked).toBe(true)
})

it('tells a store that was destroyed from one that lies aside', async () => {
  const core = new Core()
  const app = await opened(core)
  const refuse = (code: string) => () => Promise.reject(new Refusal({ code, args: {} }))
  core.answers.set('unlock', refuse('store_damaged'))
  await expect(app.call('unlock', { pin: '1' })).rejects.toThrow('store_damaged')
  expect([app.isWiped, app.ended?.code]).toEqual([false, 'store_damaged'])
  core.answers.set('unlock', refuse('wiped'))
  await expect(app.call('unlock', { pin: '1' })).rejects.toThrow('wiped')
  expect(app.isWiped).toBe(true)
})
