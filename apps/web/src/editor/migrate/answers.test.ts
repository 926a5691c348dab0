import { describe, expect, test } from 'vitest'
import { atOnceWords, choiceOf, lackOf, type PeoplePreview, sumWords, withChoice } from './answers.ts'

const preview: PeoplePreview = {
  version: 2,
  people: 1206,
  versions: [{ version: 1, people: 1206 }],
  lines: [],
  targets: [],
  same: 1200,
  goOn: 1,
  leave: 5,
  stay: 0,
  open: 0,
  again: 0,
  mails: 130,
  handoffs: 1,
  effects: 0,
  atOnce: 131,
  tried: 1000,
  limit: 100,
  paused: false,
  running: null,
}

describe('what becomes of the people inside', () => {
  test('is chosen from a list, and the default is not said', () => {
    const one = withChoice({}, 'a', 'at:b')
    expect(one).toEqual({ a: { do: 'go-on', node: 'b' } })
    expect(withChoice(withChoice(one, 'c', 'leave'), 'a', 'same')).toEqual({ c: { do: 'leave' } })
    expect([null, { do: 'same' as const }, { do: 'go-on' as const, node: 'at:b' }].map(choiceOf)).toEqual([null, 'same', 'at:at:b'])
  })

  test('is told in one sentence', () => {
    expect(sumWords(preview)).toBe('Of 1,206 people, 1,200 stay at the step, 1 goes on elsewhere and 5 leave: version 2 takes 1,201 along.')
  })

  test.each([
    [preview, 'At once 130 mails and 1 lead go out.'],
    [{ mails: 0, handoffs: 0, effects: 1 }, 'At once 1 call or note goes out.'],
    [{ mails: 0, handoffs: 0, effects: 0 }, 'Nothing goes out at once.'],
  ])('what goes out at once: %#', (of, words) => expect(atOnceWords(of)).toBe(words))

  test.each([
    [preview, '', 'Type 131 to confirm.'],
    [preview, '13', 'Type 131 to confirm.'],
    [preview, ' 131 ', null],
    [{ ...preview, atOnce: 1310 }, '1,310', null],
    [{ ...preview, open: 1 }, '131', 'Say what becomes of 1 person inside.'],
    [{ ...preview, atOnce: 100 }, '', null],
  ])('what is missing: %#', (of, typed, words) => expect(lackOf(of, typed)).toBe(words))
})
