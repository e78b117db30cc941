import type { Finding, FormSheet, FormView } from '../../host/types'
import { engineSentence } from '../../text/codes'
import { longDate, number } from '../../text/format'
import { numberOf } from './form'

/** The finding's sentence: the form's own, else the engine's, else one that names code and questions. */
export function findingSentence(finding: Finding, sheet: FormSheet): string {
  const own = sheet.findings[finding.code]
  if (own) return filled(own, finding.args)
  const questions = finding.fields.map((field) => numberOf(sheet, field)).join(', ')
  return engineSentence(finding.code, finding.args, questions)
}

/** `{name}` in a form's own sentence stands for an argument; figures and dates are written as the language writes them. */
export function filled(sentence: string, args: Finding['args']): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = args[name]
    if (value === undefined) return whole
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return longDate(value)
    return /^-?\d{4,15}$/.test(value) ? number(Number(value)) : value
  })
}

/** One line of the small table that shows which sum fails. */
export interface Figure {
  question: string
  number: string
  label: string
  value: number | null
  /** What the failing sums are called (`Q4`), or the question whose rule it is (`B 9`). */
  failing: string[]
}

/**
 * The figures that failing sums are about, with every other figure of the same sections,
 * so that the observers can read the whole block against the paper protocol.
 */
export function figures(sheet: FormSheet, view: FormView): Figure[] {
  const failing = view.findings.filter((finding) => isArithmetic(finding, sheet))
  const concerned = new Set(failing.flatMap((finding) => finding.fields))
  const blocks = sheet.sections.filter((section) => section.questions.some((name) => concerned.has(name)))
  return blocks.flatMap((section) =>
    section.questions.flatMap((name) => {
      const question = sheet.questions[name]
      const state = view.questions[name]
      if (!question || question.hidden || question.kind !== 'integer' || !state?.relevant) return []
      return {
        question: name,
        number: numberOf(sheet, name),
        label: state.label ?? question.label,
        value: state.value?.t === 'integer' ? state.value.v : null,
        failing: failing
          .filter((finding) => finding.fields.includes(name))
          .map((finding) => spoken(finding.code, sheet)),
      }
    }),
  )
}

function spoken(code: string, sheet: FormSheet): string {
  const [question = code, rule] = code.split('.')
  return rule === undefined ? code : numberOf(sheet, question)
}

/** Whether a finding compares figures: several whole numbers and nothing else. */
export function isArithmetic(finding: Finding, sheet: FormSheet): boolean {
  return (
    finding.fields.length > 1 &&
    finding.fields.every((field) => ['integer', 'calculate'].includes(sheet.questions[field]?.kind ?? '')) &&
    finding.fields.some((field) => sheet.questions[field]?.kind === 'integer')
  )
}
