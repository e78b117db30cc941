import { expect, it } from 'vitest'
import type { Carriers, PictureCounts } from '../../host/types'
import { fileName } from './places'
import { carriesForOthers, codeBytes, codesFor, hasLoad, photosIn } from './roads'

const carriers = (own_bytes: number, waiting_bytes = 0, receipts = 0, waiting_pictures = 0) =>
  ({
    own_bytes,
    carried: { waiting: waiting_bytes > 0 ? 1 : 0, waiting_pictures, waiting_bytes, receipts },
    most_code_bytes: 1000,
  }) as Carriers
/** A leader with others' photos and nothing else of theirs. */
const withPhotosOnly = (waiting_pictures: number) =>
  ({
    own_bytes: 0,
    carried: { waiting: 0, waiting_pictures, waiting_bytes: 0, receipts: 0 },
    most_code_bytes: 1000,
  }) as Carriers
const photos = (waiting: number) => ({ waiting }) as PictureCounts

it('what is carried for others counts only where it goes along', () => {
  expect(codeBytes(carriers(300, 800), 'own')).toBe(300)
  expect(codeBytes(carriers(300, 800), 'all')).toBe(1100)
  expect(codesFor(carriers(300, 800), photos(0), 'own')).toBe('all')
  expect(codesFor(carriers(300, 800), photos(0), 'all')).toBe('too-large')
  expect(codesFor(carriers(300, 800), photos(0), 'back')).toBe('all')
})
it('receipts alone are something to hand over', () => {
  expect(hasLoad(carriers(0), photos(0))).toBe(false)
  expect(hasLoad(carriers(0, 0, 2), photos(0))).toBe(true)
  expect(carriesForOthers(carriers(5))).toBe(false)
})
it("a photo alone is something to hand over, one's own as well as another's", () => {
  expect(hasLoad(carriers(0), photos(1))).toBe(true)
  expect(hasLoad(withPhotosOnly(1), photos(0))).toBe(true)
  expect(carriesForOthers(withPhotosOnly(1))).toBe(true)
  expect(photosIn(withPhotosOnly(2), photos(1), 'all')).toBe(3)
  expect(photosIn(withPhotosOnly(2), photos(1), 'own')).toBe(1)
  expect(photosIn(withPhotosOnly(2), photos(1), 'back')).toBe(0)
})
it('codes take no photos: with photos alone there is nothing for them', () => {
  expect(codesFor(carriers(0), photos(1), 'own')).toBe('only-photos')
  expect(codesFor(withPhotosOnly(2), photos(0), 'all')).toBe('only-photos')
  expect(codesFor(withPhotosOnly(2), photos(0), 'back')).toBe('all')
})
it('photos do not close the codes for what goes along with them', () => {
  expect(codesFor(carriers(300), photos(4), 'own')).toBe('without-photos')
  expect(codesFor(carriers(300, 600, 0, 2), photos(0), 'all')).toBe('without-photos')
  expect(codesFor(carriers(300, 800, 0, 2), photos(0), 'all')).toBe('too-large')
  expect(codesFor(carriers(0, 0, 3, 2), photos(0), 'all')).toBe('without-photos')
  expect(codesFor(carriers(1100), photos(4), 'own')).toBe('too-large')
})
it('a file is called by its name whatever the system', () => {
  expect(fileName('/media/a/STICK/1.obsb')).toBe('1.obsb')
  expect(fileName('E:\\1.obsb')).toBe('1.obsb')
})
