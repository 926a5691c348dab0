import type { Sentence } from '@baton/engine'
import { describe, expect, test } from 'vitest'
import { spokenSentence } from './card-words.ts'

const said = (...parts: readonly (string | readonly [string])[]): Sentence =>
  parts.map((it) => (typeof it === 'string' ? { text: it, kind: 'plain' } : { text: it[0], kind: 'missing' }))

describe('a card as it is heard', () => {
  test.each([
    [said('Send ', ['choose a mail']), 'Send: no mail chosen yet'],
    [said('Call ', ['a web address']), 'Call: no web address yet'],
    [said('Wait until ', ['which time']), 'Wait until: which time is not said yet'],
    [said(['choose tags']), 'no tags chosen yet'],
    [said(['add a condition']), 'no condition yet'],
    [said(['say what counts as reached']), 'what counts as reached is not said yet'],
    [said('When ', ['choose a field'], ' changes'), 'When, no field chosen yet, changes'],
    [said('Set ', ['choose a field'], ' to ', ['choose a value']), 'Set, no field chosen yet, to: no value chosen yet'],
    [said('Send ', 'Welcome'), 'Send Welcome'],
  ])('%j', (sentence, heard) => {
    expect(spokenSentence(sentence)).toBe(heard)
  })
})
