import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryCondition, catalog, NOW } from '../../testing/conditions.ts'
import { arbitraryState } from '../../testing/people.ts'
import { readSentence } from '../../testing/read-sentence.ts'
import type { ContactState } from '../state/contact.ts'
import { type Condition, compileCondition, conditionSentence } from './index.ts'

const CARRIED = { city: 'text', amount: 'number', vip: 'boolean' } as const

function decides(source: Condition, state: ContactState) {
  const made = compileCondition(source, catalog)
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  const passage = state.enrolments.at(0)
  const enrolment = passage && { ...passage, vars: { ...passage.vars, data: { city: 'Zürich', amount: 29, vip: true } } }
  return made.ok.evaluate({ now: NOW, state, enteredAt: NOW - 1, ...(enrolment ? { enrolment } : {}) }).truth
}

test('EC-23 who reads the sentence of any condition, and takes it at its word, decides as it does', () => {
  const people = fc.sample(arbitraryState, { seed: 23, numRuns: 25 })
  const seen = new Set<boolean | null>()
  fc.assert(
    fc.property(arbitraryCondition(true), (source) => {
      const read = readSentence(conditionSentence(source, catalog), catalog, CARRIED)
      for (const state of people) {
        const truth = decides(source, state)
        seen.add(truth)
        expect([decides(read, state), read]).toEqual([truth, read])
      }
    }),
    { seed: 20261122, numRuns: 1500 },
  )
  expect(seen).toEqual(new Set([true, false, null]))
})
