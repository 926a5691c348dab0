import { z } from 'zod'
import { condition } from '../../condition/schema.ts'
import { conditionSentence } from '../../condition/sentence.ts'
import { defineKind, type Port } from '../../kind.ts'
import type { Sentence } from '../../sentence.ts'
import { configBase, missing, plain, spaced } from '../base.ts'

export const goalConfig = z.object({
  ...configBase(1),
  /** What is watched for everybody in the flow, wherever they stand. */
  when: condition,
  /** Whoever reaches it leaves as reached, or goes on from here. */
  reached: z.enum(['leave', 'jump']).default('leave'),
  /** Who comes here by an ordinary way before it is true goes on by a way of their own, or waits until it is. */
  ifNotYet: z.enum(['go-on', 'wait']).default('go-on'),
})

export const atGoal: Port = { id: 'reached', label: 'Reached', tone: 'good' }
export const notReached: Port = { id: 'not-reached', label: 'Not reached', tone: 'neutral' }

/** What the flow is for: watched everywhere, reached once per passage. It needs no way in. E-180 to E-183. */
export const goal = defineKind({
  type: 'goal',
  category: 'exit',
  rests: false,
  restsAs: ({ ifNotYet }) => ifNotYet === 'wait',
  version: 1,
  migrations: [],
  config: goalConfig,
  defaults: () => ({ v: 1, when: { combinator: 'and', rules: [] }, reached: 'leave', ifNotYet: 'go-on' }),
  ports: ({ reached, ifNotYet }) => [...(reached === 'jump' ? [atGoal] : []), ...(ifNotYet === 'go-on' ? [notReached] : [])],
  free: ({ reached }) => (reached === 'jump' ? [atGoal.id] : []),
  references: () => [],
  conditions: ({ when }) => [when],
  sentence: ({ when, reached }, catalog): Sentence => {
    const words: Sentence = when.rules.length === 0 ? [missing('say what counts as reached')] : spaced(conditionSentence(when, catalog))
    return [plain(reached === 'leave' ? 'Leave as reached once ' : 'Come here once '), ...words]
  },
})
