import type { Answers } from './observer'

/** The shipped mission's voting form, and what a pair of observers found on an ordinary morning. */
export const FORM = 'voting'

/** Where the first choice would not be plausible. The comment is the only free text. */
export const MORNING: Answers = {
  H15: '23:58',
  ...Object.fromEntries(
    'B03 B05 B06 B15 B19 B22 B24 B26 B41 B42 B44 B45 B46 B47 B48 B49 B50 B51 B52 B54'
      .split(' ')
      .map((question) => [question, 'no']),
  ),
  B07: '1240',
  B08: '6',
  B09: '411',
  B10: '7',
  B11: '7',
  B12: '5',
  B32: '4',
  B39: '3',
  B53: '0',
  B60: 'A queue of twenty at ten o’clock, calm.',
}
