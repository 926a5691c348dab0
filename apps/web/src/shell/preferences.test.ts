import { expect, it } from 'vitest'
import { parsePreferences } from './preferences.ts'

const defaults = { rail: { list: 'words', work: 'icons' }, letters: true, flows: 'canvas', side: true }

it.each([null, '', 'not json', '7', '[]', 'null', '{"rail":3,"letters":"yes"}'])('%j gives the defaults', (text) => {
  expect(parsePreferences(text)).toEqual(defaults)
})

it('keeps what it understands and defaults the rest', () => {
  expect(parsePreferences('{"rail":{"list":"icons","work":"wide"},"letters":false}')).toEqual({
    rail: { list: 'icons', work: 'icons' },
    letters: false,
    flows: 'canvas',
    side: true,
  })
  expect(parsePreferences('{"flows":"outline"}')).toEqual({ ...defaults, flows: 'outline' })
  expect(parsePreferences('{"flows":"table"}')).toEqual(defaults)
})
