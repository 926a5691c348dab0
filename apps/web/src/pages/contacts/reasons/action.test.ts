import { emptyCatalog } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import type { Reason } from '../people.ts'
import { actionFacts, actionWords, isAction } from './action.ts'
import { isMade, madeFacts, madeWords } from './person.ts'

const at = Date.UTC(2026, 2, 12, 8)
const catalog = {
  ...emptyCatalog('UTC'),
  fields: [
    { key: 'job', label: 'Job', type: 'text' as const },
    { key: 'visits', label: 'Visits', type: 'number' as const },
    { key: 'since', label: 'Since', type: 'date' as const },
  ],
  segments: [{ id: 's', name: 'Guests', list: true }],
  teams: [{ id: 't', name: 'Phone team', members: 2 }],
  users: [{ id: 'u', name: 'Ida Berg' }],
  flows: [{ id: 'f', name: 'Renewal', version: 1, startable: true }],
}
const scope = { catalog, portName: (port: string) => (port === 'way-1' ? 'New subject' : port) }
const seen = { value: 'retired', test: { on: 'text', op: 'is', values: ['retired'] }, now: at }
const rules = [{ rule: { subject: { kind: 'field', key: 'job' }, op: 'is', value: 'retired' }, saw: seen, truth: true }]
const around = { rules, now: at, enteredAt: at }
const copied = { code: 'field.copied', key: 'job', from: 'carried', of: 'title', type: 'text', before: null } as const
const added = { code: 'field.added', key: 'visits', amount: 1 } as const
const ways = [
  { id: 'way-1', weight: 45 },
  { id: 'way-2', weight: 55 },
]

const then = 'jump' as const
const goalMet: Reason = { code: 'goal.met', then, ...around }

const told: readonly (readonly [Reason, string])[] = [
  [goalMet, 'The goal was reached: Job is retired (saw retired)'],
  [{ code: 'goal.earlier', now: at }, 'The goal had been reached'],
  [{ code: 'goal.not-yet', ...around }, 'The goal was not reached yet'],
  [{ code: 'split.drawn', way: 'way-1', dice: 0.31, ways, before: null }, 'Fell by chance on New subject'],
  [{ code: 'split.drawn', way: 'way-1', dice: 0.31, ways, before: 'way-9' }, 'Fell by chance on New subject, as their earlier way is gone'],
  [{ code: 'split.kept', way: 'way-1' }, 'Went New subject again, as the first time'],
  [{ code: 'list.changed', segmentId: 's', on: true, was: false }, 'Put on Guests'],
  [{ code: 'list.changed', segmentId: 's', on: false, was: true }, 'Taken off Guests'],
  [{ code: 'list.changed', segmentId: 's', on: true, was: true }, 'Was already on Guests'],
  [{ code: 'list.changed', segmentId: 'x', on: false, was: false }, 'Was not on a list that is gone'],
  [
    { code: 'webhook.answered', effect: 'e', status: 200, saved: { total: 12.5, vip: true }, missing: ['sku'], at },
    'Answered: total 12.5, vip yes',
  ],
  [{ code: 'webhook.failed', effect: 'e', status: null, why: 'no answer in time', at }, 'The call failed: no answer in time'],
  [{ code: 'notify.told', to: { kind: 'user', id: 'u' }, asOwner: true, inApp: true, email: true }, 'Told Ida Berg, who has them'],
  [{ code: 'notify.told', to: { kind: 'team', id: 't' }, asOwner: false, inApp: false, email: true }, 'Told Phone team'],
  [{ code: 'notify.nobody' }, 'Nobody of sales has them, so nobody was told'],
  [{ code: 'throttle.released', count: 1200, per: 'hour', arrived: at, now: at }, 'Their turn came in the line of 1,200 an hour'],
  [{ code: 'flow.started', flowId: 'f', key: 'o-1', data: { amount: 3 } }, 'Started Renewal for o-1'],
  [{ code: 'flow.not-started', flowId: 'f', why: 'no-key' }, 'Did not start Renewal: what it would have been about is empty'],
  [{ ...copied, raw: 'Clerk', after: 'Clerk', kept: null }, 'Job: from empty to Clerk'],
  [{ ...copied, raw: null, after: null, kept: 'nothing-there' }, 'Job stayed empty: there was nothing to take'],
  [{ ...added, before: 2, after: 3, kept: null }, 'Visits: from 2 to 3'],
  [{ ...added, before: 'many', after: 'many', kept: 'does-not-fit' }, 'Visits stayed many: the value does not fit'],
  [
    { code: 'field.now', key: 'since', type: 'date', zone: 'UTC', now: at, before: null, after: '2026-03-12' },
    'Since: from empty to 2026-03-12',
  ],
  [{ code: 'tags.changed', action: 'add', tags: ['vip'], before: [], after: ['vip'] }, 'Tagged vip'],
  [{ code: 'tags.changed', action: 'add', tags: ['vip'], before: ['VIP'], after: ['VIP'] }, 'Had the tag already: vip'],
  [{ code: 'tags.changed', action: 'remove', tags: ['vip'], before: ['vip'], after: [] }, 'Tag removed: vip'],
  [{ code: 'tags.changed', action: 'remove', tags: ['vip'], before: [], after: [] }, 'Did not have the tag: vip'],
]

describe('what the kinds of the outside world, of chance and of fields decided', () => {
  it.each(told)('%j', (reason, words) => {
    const said = isAction(reason) ? actionWords(reason, scope) : isMade(reason) ? madeWords(reason, scope) : []
    expect(said.map((it) => it.text).join('')).toBe(words)
  })

  it.each(told)('all of %j can be unfolded in words', (reason) => {
    const facts = isAction(reason) ? actionFacts(reason, scope) : isMade(reason) ? madeFacts(reason, scope) : []
    for (const { name, value } of facts) {
      expect(name).not.toBe('')
      expect(value).not.toMatch(/undefined|null|NaN|\[object/)
    }
  })

  it('shows where the dice fell, what was kept and what was not', () => {
    const drawn = told[3]?.[0]
    expect(drawn && isAction(drawn) && actionFacts(drawn, scope)).toContainEqual({ name: 'Fell on', value: '31.00 of 100' })
    const answered = told[10]?.[0]
    const facts = answered && isAction(answered) ? actionFacts(answered, scope) : []
    expect(facts.map((it) => `${it.head ?? ''} ${it.name}: ${it.value}`)).toContain('Not in the answer, or of another type sku: not kept')
  })
})
