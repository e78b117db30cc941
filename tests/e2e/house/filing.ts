import type { Device, Moment } from './device'
import type { Answers } from './observer'

/** A value as the core takes it. */
type Value = { t: string; v?: unknown }

interface Question {
  name: string
  kind: string
  list: string | null
  read_only: boolean
  hidden: boolean
}

interface View {
  questions: Record<string, { relevant: boolean; value: Value | null; choices: string[] | null }>
}

interface ReportPage {
  row: { id: string }
  sheet: {
    sections: { questions: string[] }[]
    questions: Record<string, Question>
    choices: Record<string, { code: string }[]>
  }
  view: View
}

/** Observers' fingers without a screen, for headquarters' pages that want many reports: the core's own commands. */
export class Filing {
  #observers: readonly string[] = []

  constructor(
    readonly device: Device,
    readonly pin: string,
  ) {}

  /** Enrols the device. */
  async enrol(code: string): Promise<void> {
    const { pin } = this
    const status = await this.device.call<{ holder: { observers: string[] } }>('enrol', { code, pin })
    this.#observers = status.holder.observers
  }

  /** The same fingers on another device. */
  on(device: Device): Filing {
    return new Filing(device, this.pin)
  }

  /** Begins one report at a time of the day, at the nearest place that has none yet. */
  async begin(form: string, at: Moment): Promise<ReportPage> {
    await this.device.setClock(at)
    // It has locked itself on the road.
    const { holder } = await this.device.call<{ holder: { observers: string[] } }>('unlock', { pin: this.pin })
    this.#observers = holder.observers
    const { hits } = await this.device.call<{ hits: { code: string; reports_here: number }[] }>('stations', {
      query: '',
      place: 'station',
      limit: 20,
    })
    const station = hits.find((hit) => hit.reports_here === 0)?.code ?? null
    return this.device.call<ReportPage>('start_visit', { form, station, place: null })
  }

  /** Files one report at a time of the day, at the nearest place that has none yet. */
  async file(form: string, at: Moment, answers: Answers, note?: string): Promise<void> {
    const page = await this.begin(form, at)
    const { id } = page.row
    await this.#answer(page, answers)
    if (note !== undefined) await this.device.call('note', { id, question: null, text: note })
    const confirmed_by = this.#observers
    const { outcome } = await this.device.call<{ outcome: string }>('finish', { id, confirmed_by })
    if (outcome !== 'finished') throw new Error(`the report could not be finished: ${outcome}`)
  }

  /** Sends everything to headquarters. */
  async send(): Promise<void> {
    await this.device.call('sync', {})
  }

  /** In the form's order, those that appear while answering included. */
  async #answer({ row, sheet, view: first }: ReportPage, answers: Answers): Promise<void> {
    let view = first
    for (const name of sheet.sections.flatMap((section) => section.questions)) {
      const question = sheet.questions[name]
      const state = view.questions[name]
      if (!question || !state?.relevant || question.read_only || question.hidden) continue
      // What the device knows already is left as it is.
      if (state.value !== null && answers[name] === undefined) continue
      const codes = state.choices ?? (sheet.choices[question.list ?? ''] ?? []).map(({ code }) => code)
      const value = given(question.kind, answers[name] ?? codes[0])
      if (value) view = (await this.device.call<{ view: View }>('answer', { id: row.id, question: name, value })).view
    }
  }
}

/** What was written down, as the kind of question takes it. */
function given(kind: string, text: string | undefined): Value | null {
  if (kind === 'integer') return { t: 'integer', v: Number(text ?? '0') }
  if (text === undefined) return null
  if (kind === 'select_one') return { t: 'choice', v: text }
  if (kind === 'select_multiple') return { t: 'choices', v: [text] }
  if (kind === 'text') return { t: 'text', v: text }
  return kind === 'time' ? { t: 'time', v: `${text}:00` } : null
}
