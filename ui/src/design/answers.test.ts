import { describe, expect, it, vi } from 'vitest'
import { fitsInRow, toggled } from './choice'
import { readTime, shapeTime } from './clock'
import { readNumber } from './numbers'
import { Pause } from './pause'
import { sorted } from './table'

describe('a list of several choices', () => {
  const choices = [
    { code: 'none', label: 'None', exclusive: true },
    { code: 'a', label: 'A' },
    { code: 'b', label: 'B' },
  ]

  it('keeps the order of the list, whatever the order of the taps', () => {
    expect(toggled(choices, ['b'], 'a')).toEqual(['a', 'b'])
  })
  it('lets an exclusive choice stand alone, and go when another is tapped', () => {
    expect(toggled(choices, ['a', 'b'], 'none')).toEqual(['none'])
    expect(toggled(choices, ['none'], 'a')).toEqual(['a'])
  })
  it('takes a choice back when it is tapped again', () => {
    expect(toggled(choices, ['a', 'b'], 'a')).toEqual(['b'])
  })
  it('stands in a row only when the labels fit', () => {
    expect(fitsInRow(choices)).toBe(true)
    expect(fitsInRow([{ code: 'x', label: 'Не знаю / не наблюдали' }])).toBe(false)
  })
})

describe('a typed number', () => {
  it('is blank, a number, or not yet a number', () => {
    expect(readNumber(' ', false)).toBeNull()
    expect(readNumber('0', false)).toBe(0)
    expect(readNumber('1212', false)).toBe(1212)
    expect(readNumber('-', false)).toBeUndefined()
    expect(readNumber('99999999999999999999', false)).toBeUndefined()
  })
  it('may have a decimal comma where decimals are asked for', () => {
    expect(readNumber('12,5', true)).toBe(12.5)
    expect(readNumber('12,5', false)).toBeUndefined()
  })
})

describe('a typed time', () => {
  it.each([
    ['0940', '09:40', '09:40:00'],
    ['23:59', '23:59', '23:59:00'],
    ['07.05', '07:05', '07:05:00'],
  ])('%s reads %s', (typed, shaped, time) => {
    expect(shapeTime(typed)).toBe(shaped)
    expect(readTime(shaped)).toBe(time)
  })
  it('with three digits counts once the field is left', () => {
    expect(readTime('7:05')).toBeUndefined()
    expect(readTime('7:05', true)).toBe('07:05:00')
  })
  it.each(['24:00', '12:60', '9', 'abc'])('that does not exist is refused: %s', (text) => {
    expect(readTime(text, true)).toBeUndefined()
  })
})

describe('a pause in typing', () => {
  it('sends what was typed last, once, and at once when the field is left', () => {
    vi.useFakeTimers()
    const sent: string[] = []
    const pause = new Pause(500)
    pause.later(() => sent.push('1'))
    pause.later(() => sent.push('12'))
    vi.advanceTimersByTime(500)
    expect(sent).toEqual(['12'])
    pause.later(() => sent.push('121'))
    pause.flush()
    vi.advanceTimersByTime(5000)
    expect(sent).toEqual(['12', '121'])
    vi.useRealTimers()
  })
})

describe('a sorted table', () => {
  const columns = [{ id: 'n', label: 'N', sort: (row: { n: string }) => row.n }]
  it('puts B 9 before B 10', () => {
    const rows = [{ n: 'B 10' }, { n: 'B 9' }]
    expect(sorted(rows, columns, { column: 'n', descending: false }).map(({ n }) => n)).toEqual([
      'B 9',
      'B 10',
    ])
    expect(sorted(rows, columns, null)).toEqual(rows)
  })
})
