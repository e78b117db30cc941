import { describe, expect, it, vi } from 'vitest'
import { readDate, shapeDate, showDate } from './calendar'
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

/** What stands in the field when keys are pressed one after the other; `<` erases the last character. */
function pressed(keys: string, text = ''): string {
  for (const key of keys) text = key === '<' ? shapeTime(text.slice(0, -1), true) : shapeTime(text + key)
  return text
}

describe('a typed time', () => {
  it.each([
    ['1030', '10:30', '10:30:00'],
    ['1412', '14:12', '14:12:00'],
    ['0955', '09:55', '09:55:00'],
    ['0700', '07:00', '07:00:00'],
    ['0000', '00:00', '00:00:00'],
    ['23:59', '23:59', '23:59:00'],
    ['07.05', '07:05', '07:05:00'],
    ['07 05', '07:05', '07:05:00'],
  ])('key by key, %s stands as %s', (keys, shown, time) => {
    expect(pressed(keys)).toBe(shown)
    expect(readTime(shown)).toBe(time)
  })
  it('is never an earlier time on the way to its fourth digit', () => {
    for (const keys of ['1', '10', '103', '0', '09', '095', '10:', '10:3', '1:03']) {
      expect(readTime(pressed(keys))).toBeUndefined()
    }
  })
  it.each([
    ['930', '09:30:00'],
    ['9:30', '09:30:00'],
    ['7:05', '07:05:00'],
    ['7.05', '07:05:00'],
  ])('with three digits counts once the field is left: %s', (keys, time) => {
    expect(readTime(pressed(keys))).toBeUndefined()
    expect(readTime(pressed(keys), true)).toBe(time)
  })
  it('is erased character by character, and typed on from there', () => {
    expect(pressed('1030<')).toBe('10:3')
    expect(pressed('1030<5')).toBe('10:35')
    expect(pressed('1030<<')).toBe('10:')
    expect(pressed('1030<<<')).toBe('10')
    expect(pressed('1030<<<45')).toBe('10:45')
    expect(pressed('1030<<<<<')).toBe('')
    expect(pressed('1030<<<<<0915')).toBe('09:15')
  })
  it('keeps its erased colon away, and reads the same', () => {
    expect(shapeTime('1030', true)).toBe('1030')
    expect(readTime('1030')).toBe('10:30:00')
  })
  it.each([
    ['10:30', '10:30:00'],
    [' 10:30 ', '10:30:00'],
    ['1030', '10:30:00'],
    ['10-30', '10:30:00'],
    ['10:30:15', '10:30:15'],
  ])('may be pasted: "%s"', (text, time) => {
    expect(readTime(shapeTime(text), true)).toBe(time)
  })
  it.each([
    '25:00',
    '2500',
    '24:00',
    '0:95',
    '095',
    '12:60',
    '9',
    '10:3',
    '1:030',
    '10305',
    '10:30 PM',
    'abc',
  ])('that does not exist is refused and keeps all that was typed: %s', (text) => {
    expect(readTime(pressed(text), true)).toBeUndefined()
    expect(pressed(text).replace(/\W/g, '')).toBe(text.replace(/\W/g, ''))
  })
})

describe('a typed date', () => {
  it.each([
    ['03042011', '03.04.2011'],
    ['3.4.2011', '3.4.2011'],
    ['3/4/2011', '3.4.2011'],
    ['03-04-2011', '03.04.2011'],
  ])('key by key, %s stands as %s', (keys, shown) => {
    let text = ''
    for (const key of keys) text = shapeDate(text + key)
    expect(text).toBe(shown)
    expect(readDate(text)).toBe('2011-04-03')
  })
  it('may be pasted as the core writes it, and is shown with the day first', () => {
    expect(readDate('2011-04-03')).toBe('2011-04-03')
    expect(showDate('2011-04-03')).toBe('03.04.2011')
    expect(readDate(' ')).toBeNull()
  })
  it('keeps an erased dot away', () => {
    expect(shapeDate('0304.2011', true)).toBe('0304.2011')
  })
  it.each([
    '31.02.2011',
    '00.04.2011',
    '3.13.2011',
    '3.4',
    '3.4.11',
    '20110403',
    '3.4.2011.',
    '030420111',
    'April',
  ])('that does not exist is refused: %s', (text) => expect(readDate(text)).toBeUndefined())
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
