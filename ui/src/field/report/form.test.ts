import { describe, expect, it } from 'vitest'
import type { Finding, FormSheet, FormView, QuestionSheet, QuestionView, Value } from '../../host/types'
import { figures, filled } from './finding'
import { askedIn, findingsAt, layoutOf, sections, unanswered } from './form'

function question(name: string, more: Partial<QuestionSheet> = {}): QuestionSheet {
  return {
    name,
    number: name,
    kind: 'integer',
    label: `Label ${name}`,
    doubtful: false,
    hint: '',
    appearance: [],
    list: null,
    register: null,
    read_only: false,
    prefilled: false,
    hidden: false,
    ...more,
  }
}

function state(value: Value | null, more: Partial<QuestionView> = {}): QuestionView {
  return { relevant: true, required: false, value, choices: null, label: null, ...more }
}

function form(questions: QuestionSheet[], states: Record<string, QuestionView>, findings: Finding[] = []) {
  const sheet = {
    sections: [
      { id: 's', title: 'S', questions: questions.map(({ name }) => name) },
      { id: 'gone', title: 'Gone', questions: [] },
    ],
    questions: Object.fromEntries(questions.map((one) => [one.name, one])),
    choices: {},
    findings: {},
  } as unknown as FormSheet
  const view = {
    sections: [
      { id: 's', relevant: true, progress: { answered: 1, applicable: 2 } },
      { id: 'gone', relevant: false, progress: { answered: 0, applicable: 0 } },
    ],
    questions: states,
    findings,
  } as unknown as FormView
  return { sheet, view }
}

const three: Value = { t: 'integer', v: 3 }

describe('the questions of a section', () => {
  const { sheet, view } = form(
    [question('A'), question('B'), question('C', { hidden: true }), question('D', { kind: 'calculate' })],
    { A: state(three), B: state(null, { relevant: false }), C: state(null), D: state(three) },
  )
  it('are those that apply; one that does not is not there', () => {
    expect(askedIn(sheet, view, sheet.sections[0]!).map((one) => one.sheet.name)).toEqual(['A'])
  })
  it('leave out a section that has nothing to show', () => {
    expect(sections(sheet, view).map((one) => one.sheet.id)).toEqual(['s'])
  })
})

it('what is left blank leaves out what cannot be answered', () => {
  const { sheet, view } = form(
    [question('A'), question('B', { kind: 'note' }), question('C', { read_only: true }), question('D')],
    { A: state(null), B: state(null), C: state(null), D: state(three) },
  )
  expect(unanswered(sheet, view).map((one) => one.sheet.name)).toEqual(['A'])
})

describe('findings', () => {
  const sum: Finding = { code: 'Q4', level: 'alert', fields: ['R11', 'R10'], args: { sum: '1090' } }
  const missing: Finding = { code: 'required', level: 'block', fields: ['R10'], args: {} }
  const { sheet, view } = form(
    [question('R10'), question('R11'), question('R12')],
    { R10: state(three), R11: state(null), R12: state(three) },
    [sum, missing],
  )
  it('stand at the question they lead to; what is merely unanswered waits for the review', () => {
    expect(findingsAt(view, 'R11')).toEqual([sum])
    expect(findingsAt(view, 'R10')).toEqual([])
  })
  it('about sums bring the whole block of figures, with the failing ones marked', () => {
    expect(figures(sheet, view).map(({ question: name, failing }) => [name, failing])).toEqual([
      ['R10', ['Q4']],
      ['R11', ['Q4']],
      ['R12', []],
    ])
  })
  it('keep a place that has no argument visible rather than empty', () => {
    expect(filled('{sum} of {total}', { sum: '12' })).toBe('12 of {total}')
  })
})

describe('the layout of choices', () => {
  const choices = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      code: `${index}`,
      label: `L${index}`,
      exclusive: false,
      doubtful: false,
    }))
  it('is a row for two, a list for more, a search for very many and for the register', () => {
    expect(layoutOf(question('A'), choices(2))).toBe('row')
    expect(layoutOf(question('A'), choices(6))).toBe('list')
    expect(layoutOf(question('A'), choices(40))).toBe('lookup')
    expect(layoutOf(question('A', { register: 'stations' }), [])).toBe('lookup')
    expect(layoutOf(question('A', { appearance: ['likert'] }), choices(4))).toBe('rating')
  })
})
