import { readFileSync } from 'node:fs'
import type { Answers } from './observer'
import { ROOT } from './programs'

interface Morning {
  form: string
  answers: Answers
}

const morning = JSON.parse(readFileSync(`${ROOT}/tests/morning.json`, 'utf8')) as Morning

/** The shipped mission's voting form. */
export const FORM = morning.form

/**
 * What a pair of observers found on an ordinary morning, where the first choice would not be plausible. The comment is
 * the only free text. The visit in the real window gives the same answers.
 */
export const MORNING: Answers = morning.answers
