/** A choice as the answer components take it. */
export interface Choice {
  /** The code that is stored. */
  code: string
  /** What people read. */
  label: string
  /** Choosing it takes the others back (`none`). */
  exclusive?: boolean
}

/** The codes chosen after a tap on `code`, in the list's order; an exclusive choice stands alone. */
export function toggled(choices: readonly Choice[], chosen: readonly string[], code: string): string[] {
  if (chosen.includes(code)) return chosen.filter((other) => other !== code)
  const tapped = choices.find((choice) => choice.code === code)
  if (tapped?.exclusive) return [code]
  const kept = new Set([...chosen, code])
  return choices.filter((choice) => kept.has(choice.code) && !choice.exclusive).map((choice) => choice.code)
}

/** Whether the labels fit side by side on a phone. */
export function fitsInRow(choices: readonly Choice[]): boolean {
  return choices.length <= 3 && choices.every((choice) => choice.label.length <= 12)
}
