import { createContext } from 'svelte'
import { theme } from '../design'
import type {
  Args,
  Carriers,
  CommandName,
  Event,
  FormBrief,
  Holder,
  Host,
  Outbox,
  Result,
  Settings,
  Status,
  SyncProgress,
} from '../host/types'
import { settling, type SettlingHost } from '../host/settling'
import { Refusal } from '../host/types'
import { texts } from '../text/texts.svelte'
import { Router } from './router.svelte'
import { Answer } from './task.svelte'

/** The files of sentences this program needs. */
const SUBJECTS = ['design', 'field', 'lost', 'backup', 'carry', 'photos', 'findings', 'errors'] as const

/** Refusals after which the store that was to be opened lies aside, whole. */
const ENDS: readonly string[] = ['store_damaged', 'store_too_new']

/** What every screen of the field app shares: the core's status, the address, and what moves. */
export class App {
  status = $state.raw<Status | null>(null)
  /** Why the core could not be reached at all. */
  failure = $state.raw<Refusal | null>(null)
  /** How far an exchange or an enrolment has come; `null`: none is under way. */
  moving = $state.raw<SyncProgress | null>(null)
  /** How far a backup or its restoring has come; `null`: none was begun on this page. */
  backing = $state.raw<SyncProgress | null>(null)
  /** Enrolled a moment ago: the screen says what is ready before the work begins. */
  isNewlyEnrolled = $state(false)
  /** Everything was destroyed a moment ago: the screen says so. */
  isWiped = $state(false)
  /** Why the store that was here is here no longer, though nothing of it was destroyed. */
  ended = $state.raw<Refusal | null>(null)
  /** Counts what the core said of reports; screens read it to know when to ask again. */
  changes = $state(0)
  /** Counts what the core said of carriers. */
  carrying = $state(0)
  readonly router = new Router()
  /** The outbox, whose sentence stands on every screen. */
  readonly outbox = new Answer<Outbox>(() => this.call('outbox', {}))

  /** What goes by hand. */
  readonly carriers = new Answer<Carriers>(() => this.call('carriers', {}))

  readonly holder: Holder | null = $derived(this.status?.holder ?? null)

  /** Whether the holder looks after the teams of an area. */
  readonly isLeader: boolean = $derived(
    this.holder?.role === 'long_term_observer' || this.holder?.role === 'team_leader',
  )

  readonly host: SettlingHost
  /** One journal has ended and the next has not begun: no screen is for that. */
  #isBetween = false

  constructor(host: Host) {
    this.host = settling(host)
  }

  /** Asks the core where it stands, and begins to listen. */
  async open(): Promise<void> {
    this.host.listen((event) => this.#hear(event))
    await this.refresh()
  }

  /** Asks for the status again. */
  async refresh(): Promise<void> {
    try {
      const status = await this.host.call('status', {})
      if (this.#isBetween) return
      await this.take(status)
      this.failure = null
    } catch (thrown) {
      if (texts.language === 'en') await texts.load('en', SUBJECTS)
      this.failure = Refusal.of(thrown)
    }
  }

  /** Puts a status in force: the language and the colours follow. */
  async take(status: Status): Promise<void> {
    if (status.settings.language !== texts.language || !texts.has('app-name')) {
      await texts.load(status.settings.language, SUBJECTS)
    }
    theme.choice = status.settings.theme
    if (status.phase === 'new' && this.status && this.status.phase !== 'new') this.#forget()
    if (status.phase === 'open') this.isWiped = false
    this.status = status
  }

  /** Runs a command. */
  async call<Name extends CommandName>(name: Name, args: Args<Name>): Promise<Result<Name>> {
    try {
      return await this.host.call(name, args)
    } catch (thrown) {
      const refusal = Refusal.of(thrown)
      if (refusal.code === 'wiped') this.isWiped = true
      if (ENDS.includes(refusal.code)) this.ended = refusal
      throw refusal
    }
  }

  /** Changes some of the settings. */
  async set(change: Partial<Settings>): Promise<void> {
    if (!this.status) return
    await this.take(await this.call('set_settings', { settings: { ...this.status.settings, ...change } }))
  }

  /** Locks the store now; what was typed goes to the disk first. */
  async lock(): Promise<void> {
    await this.#settle()
    await this.take(await this.call('lock', {}))
  }

  /** The app is left: the core locks it after the time that was chosen. */
  async leave(): Promise<void> {
    if (this.status?.phase !== 'open') return
    await this.#settle()
    await this.call('leave', {})
  }

  /** Destroys everything that this device keeps. */
  async wipe(): Promise<void> {
    await this.take(await this.call('wipe', {}))
    this.isWiped = true
  }

  /** Enrols a device that has no store. */
  async enrol(code: string, pin: string): Promise<void> {
    const status = await this.call('enrol', { code, pin })
    this.isNewlyEnrolled = true
    this.ended = null
    await this.take(status)
  }

  /** Begins a new journal in place of one that forked. The screen stays until that has happened, or has failed. */
  async beginAnew(code: string, pin: string): Promise<void> {
    this.#isBetween = true
    try {
      await this.take(await this.call('begin_anew', { code, pin }))
    } catch (thrown) {
      this.#isBetween = false
      await this.refresh()
      // The old journal may lie aside by now: then this device is to be enrolled, and that screen says why.
      if (this.status?.phase === 'new') this.ended = Refusal.of(thrown)
      throw thrown
    } finally {
      this.#isBetween = false
    }
  }

  /** A field is saved when it is left; then everything that is on its way arrives. */
  async #settle(): Promise<void> {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    await this.host.settled()
  }

  /** Nothing of what was destroyed stays behind on the page. */
  #forget(): void {
    localStorage.clear()
    sessionStorage.clear()
    this.outbox.value = null
    this.carriers.value = null
    this.moving = null
    this.backing = null
    this.isNewlyEnrolled = false
    this.router.go({ name: 'today' }, { replace: true })
  }

  /** The form of this id, if the mission has it. */
  form(id: string): FormBrief | undefined {
    return this.holder?.forms.find((form) => form.id === id)
  }

  /** An exchange may have shown that the journal forked; opening an earlier one leaves fewer that wait. */
  async #lookAtJournals(): Promise<void> {
    if (this.status?.phase !== 'open') return
    const now = await this.host.call('status', {}).catch(() => null)
    if (now?.phase !== 'open' || this.#isBetween) return
    const { forked, earlier_closed } = this.status
    if (now.forked !== forked || now.earlier_closed !== earlier_closed) await this.take(now)
  }

  #hear(event: Event): void {
    switch (event.event) {
      case 'reports_changed':
        this.changes += 1
        void this.#lookAtJournals()
        return
      case 'carriers_changed':
        this.carrying += 1
        return
      case 'sync_moved':
      case 'enrol_moved':
        this.moving = { step: event.step, done: event.done, total: event.total }
        return
      case 'backup_moved':
        this.backing = { step: event.step, done: event.done, total: event.total }
        return
      case 'locked':
      case 'settings_changed':
        void this.refresh()
    }
  }
}

export const [getApp, setApp] = createContext<App>()
