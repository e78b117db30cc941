import type {
  ChoiceSheet,
  Finding,
  FormSheet,
  FormView,
  QuestionSheet,
  QuestionView,
  SectionSheet,
  Value,
} from '../../host/types'
import { fitsInRow } from '../../design'
import { isMissing } from '../../text/codes'

/** A question with everything that its card shows. */
export interface Asked {
  sheet: QuestionSheet
  view: QuestionView
  label: string
}

/** A section with its place in the form. */
export interface Section {
  sheet: SectionSheet
  /** Its number as on the paper form, which no answer changes; `null` for the front matter. */
  ordinal: number | null
  answered: number
  applicable: number
  /** Findings in it worth a look. */
  findings: number
}

/** How a choice is laid out. */
export type Layout = 'row' | 'rating' | 'list' | 'lookup'

/** The question by this name, if the form shows it now. */
export function asked(sheet: FormSheet, view: FormView, name: string): Asked | null {
  const question = sheet.questions[name]
  const state = view.questions[name]
  if (!question || !state?.relevant || question.hidden || question.kind === 'calculate') return null
  return { sheet: question, view: state, label: state.label ?? question.label }
}

/** The questions of a section that apply, in order. */
export function askedIn(sheet: FormSheet, view: FormView, section: SectionSheet): Asked[] {
  return section.questions.flatMap((name) => asked(sheet, view, name) ?? [])
}

/** The sections that apply and show anything. */
export function sections(sheet: FormSheet, view: FormView): Section[] {
  const state = new Map(view.sections.map((section) => [section.id, section]))
  const shown = sheet.sections.filter(
    (section) => state.get(section.id)?.relevant && askedIn(sheet, view, section).length > 0,
  )
  const ordinals = numbered(sheet)
  return shown.map((section) => {
    const names = new Set(section.questions)
    const progress = state.get(section.id)?.progress
    return {
      sheet: section,
      ordinal: ordinals.get(section.id) ?? null,
      answered: progress?.answered ?? 0,
      applicable: progress?.applicable ?? 0,
      findings: view.findings.filter((finding) => isWorthALook(finding) && names.has(finding.fields[0] ?? ''))
        .length,
    }
  })
}

/** Section numbers by id, from 1; sections that are filled from the enrolment come before the first. */
function numbered(sheet: FormSheet): Map<string, number> {
  const own = sheet.sections.filter(
    (section) => !section.questions.some((name) => sheet.questions[name]?.prefilled),
  )
  return new Map(own.map((section, index) => [section.id, index + 1]))
}

/** A section's heading with its number, so that two observers can speak of the same one. */
export function heading(section: Section): string {
  return section.ordinal === null ? section.sheet.title : `${section.ordinal} ${section.sheet.title}`
}

/** The section that asks a question. */
export function sectionOf(sheet: FormSheet, question: string): string | null {
  return sheet.sections.find((section) => section.questions.includes(question))?.id ?? null
}

/** Findings that are shown while the form is being filled in; what is merely unanswered waits for the review. */
export function isWorthALook(finding: Finding): boolean {
  return finding.level !== 'info' && !isMissing(finding.code)
}

/** The findings whose first field is this question: where "go there" leads is where they are shown. */
export function findingsAt(view: FormView, question: string): Finding[] {
  return view.findings.filter((finding) => finding.fields[0] === question && !isMissing(finding.code))
}

/** Whether a question takes an answer at all. */
export function takesAnswer(question: QuestionSheet): boolean {
  return question.kind !== 'note' && question.kind !== 'calculate' && !question.hidden
}

/** Questions that apply and are blank, in the form's order. */
export function unanswered(sheet: FormSheet, view: FormView): Asked[] {
  return sheet.sections
    .flatMap((section) => askedIn(sheet, view, section))
    .filter(
      ({ sheet: question, view: state }) =>
        takesAnswer(question) && state.value === null && !question.read_only,
    )
}

/** The choices of a question that its filter lets through. */
export function choicesOf(sheet: FormSheet, question: QuestionSheet, view: QuestionView): ChoiceSheet[] {
  const all = question.list === null ? [] : (sheet.choices[question.list] ?? [])
  return view.choices === null ? all : all.filter((choice) => view.choices?.includes(choice.code))
}

/** How a "one of" question is laid out. */
export function layoutOf(question: QuestionSheet, choices: readonly ChoiceSheet[]): Layout {
  if (question.register !== null) return 'lookup'
  if (choices.length > 12 || question.appearance.includes('autocomplete')) return 'lookup'
  if (question.appearance.includes('likert')) return 'rating'
  return fitsInRow(choices) ? 'row' : 'list'
}

/** The chosen codes of an answer. */
export function codes(value: Value | null): string[] {
  if (value?.t === 'choice') return [value.v]
  return value?.t === 'choices' ? value.v : []
}

/** Whether two answers are the same. */
export function isSame(a: Value | null, b: Value | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** A question's number for speaking, or its name where the form gives none. */
export function numberOf(sheet: FormSheet, question: string): string {
  return sheet.questions[question]?.number || question
}
