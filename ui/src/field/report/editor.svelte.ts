import { SvelteMap } from 'svelte/reactivity'
import type { FinishOutcome, Host, Moment, ReportPage, Value } from '../../host/types'
import { Refusal } from '../../host/types'
import { isSame, sections } from './form'

/** An answer that the core has not confirmed as durable. */
export interface Unsaved {
  question: string
  value: Value | null
  refusal: Refusal
}

/**
 * One report on the screen. What the finger chose shows at once; it counts as saved only when the core
 * has said so, and what the core refused stays in view with a way to try again.
 */
export class ReportEditor {
  page = $state.raw<ReportPage>() as ReportPage
  /** The last answer that the core refused or could not take. */
  unsaved = $state.raw<Unsaved | null>(null)
  /** The question answered last: the one that the reader is at. */
  touched: string | null = null
  /** What was typed and cannot be read, by question: it stays in view when its section is opened again. */
  readonly unread = new SvelteMap<string, string>()
  /** Answers on their way to the disk, by question. */
  readonly #pending = new SvelteMap<string, Value | null>()
  #last: Promise<unknown> = Promise.resolve()

  readonly sections = $derived(sections(this.page.sheet, this.page.view))
  readonly isSaving = $derived(this.#pending.size > 0)
  readonly isEditable = $derived(
    !this.isEarlier && (this.page.row.state === 'draft' || this.page.row.state === 'correcting'),
  )
  readonly savedAt: Moment = $derived(this.page.row.saved_at)

  constructor(
    private readonly host: Host,
    page: ReportPage,
    /** The earlier journal that the report stands in: then it can only be read. */
    private readonly journal: string | null = null,
  ) {
    this.page = page
  }

  /** Opens a report, of this journal or of an earlier one. */
  static async open(host: Host, id: string, journal: string | null): Promise<ReportEditor> {
    return new ReportEditor(host, await ReportEditor.#ask(host, id, journal), journal)
  }

  static #ask(host: Host, id: string, journal: string | null): Promise<ReportPage> {
    return journal === null ? host.call('report', { id }) : host.call('earlier_report', { journal, id })
  }

  /** Whether the report stands in a journal that ended. */
  get isEarlier(): boolean {
    return this.journal !== null
  }

  /** The answer to show: what was just chosen, else what is saved. */
  value(question: string): Value | null {
    const pending = this.#pending.get(question)
    return pending === undefined ? (this.page.view.questions[question]?.value ?? null) : pending
  }

  /** Saves one answer, after those already on their way. */
  answer(question: string, value: Value | null): Promise<void> {
    if (isSame(this.value(question), value)) return Promise.resolve()
    this.touched = question
    this.#pending.set(question, value)
    return this.#queue(async () => {
      try {
        const saved = await this.host.call('answer', { id: this.page.row.id, question, value })
        const { progress } = saved.view
        const row = { ...this.page.row, saved_at: saved.saved_at, ...progress }
        this.page = { ...this.page, row, view: saved.view }
        if (this.unsaved?.question === question) this.unsaved = null
      } catch (thrown) {
        this.unsaved = { question, value, refusal: Refusal.of(thrown) }
      } finally {
        if (isSame(this.#pending.get(question) ?? null, value)) this.#pending.delete(question)
      }
    })
  }

  /** Keeps what was typed and cannot be read; `undefined` once it can. */
  keepUnread(question: string, text: string | undefined): void {
    if (text === undefined) this.unread.delete(question)
    else this.unread.set(question, text)
  }

  /** Tries the refused answer again. */
  async retry(): Promise<void> {
    const unsaved = this.unsaved
    if (!unsaved) return
    this.unsaved = null
    await this.answer(unsaved.question, unsaved.value)
  }

  /** Adds a note to a question, or to the whole report. */
  note(question: string | null, text: string): Promise<void> {
    return this.#replace(() => this.host.call('note', { id: this.page.row.id, question, text }))
  }

  /** Adds a picture to a question. */
  photo(question: string, media_type: string, base64: string): Promise<void> {
    return this.#replace(() =>
      this.host.call('photo', { id: this.page.row.id, question, media_type, base64 }),
    )
  }

  /** Takes a picture away that no journal entry names. */
  removePhoto(question: string, hash: string): Promise<void> {
    return this.#replace(() => this.host.call('remove_picture', { id: this.page.row.id, question, hash }))
  }

  /** Asks for the page again: another language, or something changed behind it. */
  reload(): Promise<void> {
    return this.#replace(() => ReportEditor.#ask(this.host, this.page.row.id, this.journal))
  }

  /** Begins a correction. */
  correct(reason: string): Promise<void> {
    return this.#replace(() => this.host.call('correct', { id: this.page.row.id, reason }))
  }

  /** Gives the correction up; the finished revision stands. */
  dropCorrection(): Promise<void> {
    return this.#replace(() => this.host.call('drop_correction', { id: this.page.row.id }))
  }

  /** Takes the report back. */
  withdraw(reason: string): Promise<void> {
    return this.#replace(() => this.host.call('withdraw', { id: this.page.row.id, reason }))
  }

  /** Finishes; when something blocks, the page shows the reasons and nothing is lost. */
  async finish(confirmed_by: string[]): Promise<FinishOutcome> {
    await this.#last
    const outcome = await this.host.call('finish', { id: this.page.row.id, confirmed_by })
    if (outcome.outcome === 'blocked') this.page = { ...this.page, view: outcome.view }
    return outcome
  }

  #replace(ask: () => Promise<ReportPage>): Promise<void> {
    return this.#queue(async () => {
      this.page = await ask()
    })
  }

  /** One after the other, in the order of the taps; a failure stops none that follow. */
  #queue(work: () => Promise<void>): Promise<void> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}
