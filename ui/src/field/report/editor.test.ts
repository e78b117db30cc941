import { describe, expect, it } from 'vitest'
import type { Host, ReportPage, Value } from '../../host/types'
import { Refusal } from '../../host/types'
import { ReportEditor } from './editor.svelte'

const yes: Value = { t: 'choice', v: 'yes' }
const no: Value = { t: 'choice', v: 'no' }

function page(): ReportPage {
  const view = {
    sections: [],
    questions: { B42: { relevant: true, required: false, value: null, choices: null, label: null } },
    findings: [],
    progress: { answered: 0, applicable: 1 },
    can_finish: true,
  }
  return {
    row: { id: 'r', state: 'draft', saved_at: { utc_ms: 1, offset_min: 0 } },
    sheet: { sections: [], questions: {}, choices: {}, findings: {} },
    view,
    notes: [],
    pictures: [],
    revisions: [],
  } as unknown as ReportPage
}

/** A core that answers when the test lets it, and keeps what it was told. */
class SlowCore {
  readonly asked: (Value | null)[] = []
  #waiting: ((fault?: string) => void)[] = []

  readonly host = {
    call: (_name: string, args: { value: Value | null }) => {
      this.asked.push(args.value)
      return new Promise((resolve, reject) => {
        this.#waiting.push((fault) => {
          if (fault) reject(new Refusal({ code: fault, args: {} }))
          else
            resolve({ saved_at: { utc_ms: 1000 + this.asked.length, offset_min: 0 }, view: view(args.value) })
        })
      })
    },
    listen: () => () => undefined,
  } as unknown as Host

  async settle(fault?: string): Promise<void> {
    while (this.#waiting.length === 0) await Promise.resolve()
    this.#waiting.shift()?.(fault)
  }
}

function view(value: Value | null): unknown {
  return { ...page().view, questions: { B42: { ...page().view.questions.B42, value } } }
}

describe('a report on the screen', () => {
  it('shows what was tapped at once, and says saved only when the core has said so', async () => {
    const core = new SlowCore()
    const editor = new ReportEditor(core.host, page())
    const answered = editor.answer('B42', yes)
    expect(editor.value('B42')).toEqual(yes)
    expect(editor.isSaving).toBe(true)
    expect(editor.savedAt.utc_ms).toBe(1)
    await core.settle()
    await answered
    expect(editor.isSaving).toBe(false)
    expect(editor.savedAt.utc_ms).toBe(1001)
  })

  it('sends answers in the order of the taps, and never flickers back to an earlier one', async () => {
    const core = new SlowCore()
    const editor = new ReportEditor(core.host, page())
    const first = editor.answer('B42', yes)
    const second = editor.answer('B42', no)
    await core.settle()
    await first
    expect(editor.value('B42')).toEqual(no)
    await core.settle()
    await second
    expect(core.asked).toEqual([yes, no])
    expect(editor.value('B42')).toEqual(no)
  })

  it('says that a refused answer is not saved, shows what is, and saves it on the second try', async () => {
    const core = new SlowCore()
    const editor = new ReportEditor(core.host, page())
    const answered = editor.answer('B42', yes)
    await core.settle('disk_full')
    await answered
    expect(editor.unsaved?.refusal.code).toBe('disk_full')
    expect(editor.value('B42')).toBeNull()
    expect(editor.savedAt.utc_ms).toBe(1)
    const again = editor.retry()
    await core.settle()
    await again
    expect(editor.unsaved).toBeNull()
    expect(editor.value('B42')).toEqual(yes)
  })

  it('does not write the same answer twice', async () => {
    const core = new SlowCore()
    const editor = new ReportEditor(core.host, page())
    await editor.answer('B42', null)
    expect(core.asked).toEqual([])
  })
})

it('of an earlier journal is only read, and asked for there', async () => {
  const asked: unknown[] = []
  const host = {
    call: (name: string, args: unknown) => {
      asked.push([name, args])
      return Promise.resolve(page())
    },
  } as unknown as Host
  const editor = await ReportEditor.open(host, 'r', 'aside/1-restored')
  expect([editor.isEarlier, editor.isEditable]).toEqual([true, false])
  await editor.reload()
  const ask = ['earlier_report', { journal: 'aside/1-restored', id: 'r' }]
  expect(asked).toEqual([ask, ask])
})
