import type { Snippet } from 'svelte'

/** A column of a table. */
export interface Column<Row> {
  id: string
  label: string
  /** Figures stand to the right in tabular digits. */
  numeric?: boolean
  /** What to sort by; a column without it does not sort. */
  sort?: (row: Row) => string | number
  /** The cell's text; also what copying into a spreadsheet gives. */
  text?: (row: Row) => string
  /** The cell, when text alone will not do. */
  cell?: Snippet<[Row]>
}

/** Which column the rows are sorted by. */
export interface Sorting {
  column: string
  descending: boolean
}

/** The rows in the order asked for; the given order stands where nothing was asked. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  by: Sorting | null,
): Row[] {
  const key = by && columns.find((column) => column.id === by.column)?.sort
  if (!key) return [...rows]
  const direction = by.descending ? -1 : 1
  return [...rows].sort((a, b) => direction * compare(key(a), key(b)))
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}
