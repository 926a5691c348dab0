import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../../fixtures/index.ts'
import { samplePerson } from '../../testing/index.ts'
import type { FieldValue, PassageData } from '../index.ts'
import { emptyState } from '../state/empty.ts'
import { fillJson, fillText } from './fill.ts'
import { placeholderFaults } from './placeholder.ts'

const scope = (fields: Readonly<Record<string, FieldValue>>, data: PassageData = {}) => ({
  now: 1,
  enteredAt: 0,
  state: emptyState(samplePerson({ key: 'ada', fields })),
  enrolment: {
    ...{ flowId: 'f', key: '', entry: 1, id: null, version: 1, node: 'n', nodeSince: 1, enteredAt: 0, dueAt: null, seq: 1 },
    vars: { visits: {}, here: {}, held: [], frozenMs: 0, data },
  },
})

describe('placeholders', () => {
  test.each<[string, string]>([
    ['Hello {{contact.first_name}}', 'Hello Ada'],
    ['{{ contact.first_name }}/{{contact.key}}', 'Ada/ada'],
    ['{{contact.age}} {{contact.vip}} {{contact.tags}}', '41 yes a, b'],
    ['fit {{score.fit}}, {{carried.order id}}{{carried.order}}', 'fit 0, {{carried.order id}}o-1'],
    ['{{contact.nobody}}{{carried.none}}', ''],
    ['{{contact.__proto__}}{{contact.constructor}}', ''],
  ])('E-220 %s is filled', (text, filled) => {
    const fields = { first_name: 'Ada', age: 41, vip: true, tags: ['a', 'b'] }
    expect(fillText(text, scope(fields, { order: 'o-1' }))).toBe(filled)
  })

  test('E-220 a text of a JSON that is one placeholder becomes the value with its own type', () => {
    const template = {
      a: '{{contact.age}}',
      b: ' {{contact.vip}} ',
      c: 'x {{contact.age}}',
      d: ['{{contact.none}}'],
      e: { f: '{{contact.tags}}' },
    }
    expect(fillJson(template, scope({ age: 41, vip: false, tags: ['t'] }))).toEqual({
      a: 41,
      b: false,
      c: 'x 41',
      d: [null],
      e: { f: ['t'] },
    })
  })

  test('E-220 whatever a person typed, the JSON keeps its shape, and what was filled in is not filled again', () => {
    const template = JSON.parse('{"who": "{{contact.job}}", "words": "is {{contact.job}}!", "n": [1]}')
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('","admin":true,"x":"', '{{carried.secret}}', '"}]')), (job) => {
        const filled = fillJson(template, scope({ job }, { secret: 'hidden' }))
        expect(filled).toEqual({ who: job === '' ? '' : job, words: `is ${job}!`, n: [1] })
      }),
      { seed: 20261122, numRuns: 200 },
    )
  })

  test('E-220 what is no placeholder, and what is named and not there, is told', () => {
    expect(placeholderFaults('{{first_name}} {{contact.nobody}} {{score.none}} {{carried.x}} {{contact.key}}', sampleCatalog)).toEqual([
      '“{{first_name}}” is no placeholder. Write {{contact.first_name}}, {{score.fit}} or {{carried.name}}.',
      'There is no field “nobody”. Correct {{contact.nobody}}, or create the field.',
      'There is no score “none”. Correct {{score.none}}.',
    ])
  })
})
