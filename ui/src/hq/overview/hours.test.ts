import { expect, test } from 'vitest'
import { axisTop, everyHour, total } from './hours'

const hour = (at: string, count: number) => ({ hour: at, counts: { voting: count } })

test('hours without a report stand in the row', () => {
  const hours = everyHour([hour('2011-04-03 22:00', 3), hour('2011-04-04 01:00', 2)])
  expect(hours).toHaveLength(12)
  expect(hours.slice(0, 4).map((one) => [one.hour, total(one)])).toEqual([
    ['2011-04-03 22:00', 3],
    ['2011-04-03 23:00', 0],
    ['2011-04-04 00:00', 0],
    ['2011-04-04 01:00', 2],
  ])
})

test('weeks between reports are not filled', () => {
  const far = [hour('2011-03-05 10:00', 1), hour('2011-04-03 10:00', 1)]
  expect(everyHour(far)).toEqual(far)
  expect(everyHour([])).toEqual([])
})

test('the axis ends at an even round number', () => {
  expect([0, 1, 3, 8, 9, 10, 12, 145, 1445].map(axisTop)).toEqual([2, 2, 4, 8, 10, 20, 20, 200, 2000])
})
