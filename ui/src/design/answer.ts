/** What every answer component is told about its question. */
export interface Asking {
  /** The question, where nothing on the screen asks it. */
  label?: string
  /** Id of the element that asks the question. */
  labelledby?: string
  describedby?: string
  readonly?: boolean
}

/** An answer component with one value; `null` is blank, which is neither "no" nor 0. */
export interface Answering<Value> extends Asking {
  value: Value | null
  onchange: (value: Value | null) => void
}

/** An answer that is typed in a shape of its own, as a date or a time. */
export interface Shaping extends Answering<string> {
  /** What was typed here before and cannot be read; it stands here until it is corrected. */
  unread?: string
  onunread?: (text: string | undefined) => void
}
