import { compareText, HOUR, MINUTE } from '@baton/leads'
import fc from 'fast-check'
import type { Condition } from '../src/condition/schema.ts'
import type { EffectNews, InboxItem } from '../src/state/input.ts'
import type { Instant, RelatedFact } from '../src/state/person.ts'
import { NOW } from './conditions.ts'

/** A condition over the steps and flows that a programme has, and not over those of the small workspace. */
export const inProgramme = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> =>
  condition.map((it) => {
    const text = JSON.stringify(it)
      .replaceAll('"node":"mail"', '"node":"n0"')
      .replaceAll(',"port":"sent"', '')
      .replaceAll('"flowId":"flw_b"', '"flowId":"b"')
      .replaceAll('"flowId":"flw"', '"flowId":"a"')
    return JSON.parse(text)
  })

/** As a store has them: each once, one company, by kind and id. */
export function oneOfEach(related: readonly RelatedFact[]): RelatedFact[] {
  const place = (it: RelatedFact) => (it.kind === 'company' ? it.kind : `${it.kind}/${it.id}`)
  const once = new Map(related.map((it) => [place(it), it]))
  return [...once.values()].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.id, b.id))
}

/** Steps that keep, wait for, or tell something beyond the contact's own facts, as [type, data]. */
export const outwardNode = (condition: fc.Arbitrary<Condition>): fc.Arbitrary<readonly [string, Record<string, unknown>]> =>
  fc.oneof(
    fc.constantFrom(0, 30, 100).map((weight) => {
      const way = (id: string, share: number) => ({ id, name: id, weight: share, holdOut: false })
      return ['split', { ways: [way('a', weight), way('b', 100 - weight)], goal: null }] as const
    }),
    fc
      .record({ when: condition, reached: fc.constantFrom('leave', 'jump'), ifNotYet: fc.constant('go-on') })
      .map((data) => ['goal', data] as const),
    fc.record({ action: fc.constantFrom('put-on', 'take-off'), segmentId: fc.constant('seg_list') }).map((data) => ['list', data] as const),
    fc
      .record({ action: fc.constantFrom('add', 'remove'), tags: fc.constantFrom(['vip'], ['Berlin', '%']) })
      .map((data) => ['tag', data] as const),
    fc.constantFrom('city', 'amount').map((as) => {
      const save = [{ path: as, as, type: as === 'city' ? 'text' : 'number' }]
      return ['webhook', { url: 'https://example.com/hook', body: { kind: 'chosen', fields: ['city'] }, save }] as const
    }),
    fc.constant(['throttle', { count: 2, per: 'hour' }] as const),
    fc.constant([
      'notify',
      { to: { kind: 'owner', otherwise: 'team_a' }, inApp: true, email: false, text: '{{contact.city}} is here' },
    ] as const),
  )

const when = fc.integer({ min: 0, max: 40 * 24 * 60 }).map((minutes) => NOW + minutes * MINUTE)
const record = fc.constantFrom({ amount: 29, url: 'x' }, { vip: true, url: 'BERLIN' }, { zone: 'Asia/Tokyo', amount: 0 }, { country: 'JP' })

/** What happens around a contact: its company, what it buys, the list it is put on. */
export const outwardItem: fc.Arbitrary<InboxItem> = fc.oneof(
  fc
    .record({ at: when, of: fc.constantFrom('company' as const, 'purchase' as const), id: fc.constantFrom('r0', 'r1', 'R1'), data: record })
    .chain((it) =>
      fc
        .record({ data: fc.constantFrom(it.data, it.data, null), known: fc.boolean(), late: fc.constantFrom(0, HOUR) })
        .map(({ data, known, late }): InboxItem => {
          const { at, of, id } = it
          return { kind: 'related', at, of, id, data, occurredAt: at - late, ...(known ? { known } : {}) }
        }),
    ),
  fc
    .record({ at: when, on: fc.boolean() })
    .map(({ at, on }): InboxItem => ({ kind: 'list', at, segmentId: 'seg_list', on, source: { kind: 'user', id: 'u' } })),
)

/** The outside world answers what goes out to it by and by, each time in another way; of a throttle somebody is let through within two hours. */
export function outsideAnswers(effects: readonly { key: string; kind: string }[], at: Instant): InboxItem[] {
  return effects.flatMap(({ key, kind }): InboxItem[] => {
    const turn = (key.length + Math.floor(at / HOUR)) % 4
    if (kind === 'throttle') return [{ kind: 'effect', at: at + turn * 30 * MINUTE, effect: key, news: { outcome: 'released' } }]
    if (kind !== 'webhook' || turn === 3) return []
    const news: EffectNews[] = [
      { outcome: 'answered', status: 200, data: { city: 'Berlin', amount: 29 } },
      { outcome: 'answered', status: 204, data: null },
      { outcome: 'failed', status: 503, why: 'It answered 503.' },
    ]
    const told = news[turn]
    return told ? [{ kind: 'effect', at: at + turn * HOUR, effect: key, news: told }] : []
  })
}
