import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, runInMemory, samplePerson } from '../../../testing/index.ts'
import { advance, emptyState, type HandoffNews, type InboxItem, PLAIN_CONTRACT } from '../../index.ts'

const HOUR = 3_600_000
const key = (entry = 1, visit = 1) => `ada/f//${entry}/h/${visit}/0`
const ada = emptyState(samplePerson({ key: 'ada', fields: { email: 'ada@example.com', company: 'Kiesel' } }))
const enrol = (at: number, flowId = 'f'): InboxItem => ({
  kind: 'enrol',
  at,
  flowId,
  node: 'in',
  key: '',
  source: { kind: 'user', id: 'u' },
})
const news = (at: number, it: HandoffNews, handoff = key()): InboxItem => ({ kind: 'handoff', at, handoff, news: it })
const assigned: HandoffNews = { outcome: 'assigned', repId: 'r1', repName: 'Mara', reason: {} }
const accepted: HandoffNews = { outcome: 'accepted', repId: 'r1', repName: 'Mara' }
const rejected: HandoffNews = { outcome: 'rejected', repId: 'r1', repName: 'Mara', why: 'No budget' }
const overflow: HandoffNews = { outcome: 'overflow', reason: { waited: 4 } }

const graph = buildGraph(
  [
    ['in', 'trigger', { on: { kind: 'manual' } }],
    ['p', 'score', { dimension: 'fit', points: 12.5 }],
    ['h', 'hand-to-sales', { teamId: 'team_inbound', why: 'Asked for a demo', note: 'Call soon', fields: ['company', 'job'] }],
    ['again', 'wait', { until: { kind: 'duration', amount: 1, unit: 'hours' } }],
    ['yes', 'exit', { label: 'yes' }],
    ['no', 'exit', { label: 'no' }],
  ],
  ['in.out>p', 'p.out>h', 'h.accepted>yes', 'h.rejected>no', 'h.overflow>again', 'again.out>h'],
  { reentry: { when: 'always' } },
)
const plan = planOf({ f: graph })
const run = (...items: InboxItem[]) => runInMemory(plan, [{ state: ada, items: [enrol(0), ...items] }], 10 * HOUR)
const person = (result: ReturnType<typeof run>) => {
  const { stage, ownerSide, ownerId } = result.contacts[0]?.person ?? ada.person
  return { stage, ownerSide, ownerId }
}

describe('hand to sales', () => {
  test('E-80 arriving hands over: packet as it stood, the contact belongs to sales', () => {
    const result = advance(plan, ada, { now: 0, items: [enrol(0)] }, { now: 0, seed: '' })
    expect(result.handoffs).toEqual([
      {
        key: key(),
        teamId: 'team_inbound',
        at: 0,
        enrolment: { flowId: 'f', key: '', entry: 1 },
        version: 1,
        node: 'h',
        contract: PLAIN_CONTRACT,
        packet: {
          why: 'Asked for a demo',
          note: 'Call soon',
          fields: { company: 'Kiesel', job: null },
          scores: { fit: 1250, engagement: 0 },
        },
      },
    ])
    expect(result.state.person).toMatchObject({ ownerSide: 'sales', ownerId: null, stage: 'lead' })
    expect(result.state.handoffs).toEqual([
      {
        key: key(),
        teamId: 'team_inbound',
        repId: null,
        state: 'routing',
        attempt: 1,
        enrolment: { flowId: 'f', key: '', entry: 1 },
        node: 'h',
      },
    ])
    expect(result.state.enrolments[0]).toMatchObject({ node: 'h', dueAt: null })
    expect(result.personChanged).toBe(true)
  })

  test.each([
    ['accepted', [accepted], { stage: 'accepted', ownerSide: 'sales', ownerId: 'r1' }],
    ['rejected', [rejected], { stage: 'lead', ownerSide: 'marketing', ownerId: null }],
    ['overflow', [overflow], { stage: 'lead', ownerSide: 'sales', ownerId: null }],
    [null, [assigned], { stage: 'lead', ownerSide: 'sales', ownerId: 'r1' }],
    ['accepted', [assigned, accepted], { stage: 'accepted', ownerSide: 'sales', ownerId: 'r1' }],
    ['rejected', [rejected, accepted], { stage: 'lead', ownerSide: 'marketing', ownerId: null }],
    ['accepted', [accepted, accepted], { stage: 'accepted', ownerSide: 'sales', ownerId: 'r1' }],
  ] as [string | null, HandoffNews[], object][])('E-81 E-82 E-83 %s after %j', (port, told, after) => {
    const result = run(...told.map((it, i) => news(HOUR + i, it)))
    expect(result.journal.find((it) => it.node === 'h')?.port ?? null).toBe(port)
    expect(person(result)).toEqual(after)
  })

  test('E-82 between overflow and the next try the contact is back with marketing; E-85 the next try is a hand-off of its own', () => {
    const result = run(news(HOUR, overflow), news(3 * HOUR, accepted, key(1, 2)))
    expect(result.turns.find((it) => it.at === HOUR)?.result.state.person.ownerSide).toBe('marketing')
    expect(result.turns.flatMap((it) => it.result.handoffs.map((h) => h.key))).toEqual([key(1, 1), key(1, 2)])
    expect(result.journal.filter((it) => it.node === 'h').map((it) => [it.visit, it.port])).toEqual([
      [1, 'overflow'],
      [2, 'accepted'],
    ])
  })

  test('E-82 while another hand-off is open, a rejection leaves the contact with sales', () => {
    const older = { key: 'older', teamId: 't', repId: null, attempt: 1, enrolment: { flowId: 'x', key: '', entry: 1 }, node: 'h' }
    const state = { ...ada, person: { ...ada.person, ownerSide: 'sales' as const }, handoffs: [{ ...older, state: 'routing' as const }] }
    const both = { ...state, handoffs: [...state.handoffs, { ...older, key: 'newer', state: 'routing' as const }] }
    const left = (at: typeof state, ...keys: string[]) =>
      runInMemory(plan, [{ state: at, items: keys.map((it, i) => news(HOUR + i, rejected, it)) }], 2 * HOUR)
    expect(person(left(both, 'newer'))).toMatchObject({ ownerSide: 'sales' })
    expect(person(left(both, 'newer', 'older'))).toMatchObject({ ownerSide: 'marketing' })
    expect(person(left(state, 'older'))).toMatchObject({ ownerSide: 'marketing' })
  })

  test('E-83 news reaches the contact also after the enrolment has ended, and changes no step', () => {
    const remove: InboxItem = { kind: 'remove', at: 1, flowId: 'f', key: '', source: { kind: 'user', id: 'u' } }
    const result = run(remove, news(HOUR, accepted))
    expect(person(result)).toMatchObject({ stage: 'accepted', ownerSide: 'sales' })
    expect(result.journal.at(-1)?.reason.code).toBe('removed')
    expect(run(news(1, accepted, 'somebody/else')).contacts[0]?.person.stage).toBe('lead')
  })

  test('E-84 what happened is an event of the contact, and can let people into flows', () => {
    const thanks = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'event', type: 'sales.accepted', where: [], key: null } }],
        ['x', 'exit', { label: '' }],
      ],
      ['in.out>x'],
    )
    const result = runInMemory(planOf({ f: graph, g: thanks }), [{ state: ada, items: [enrol(0), news(HOUR, accepted)] }], HOUR)
    const told = result.turns.flatMap((it) => it.result.events).filter((it) => it.type.startsWith('sales.'))
    expect(told.map((e) => [e.type, e.id])).toEqual([
      ['sales.handed-over', `${key()}/handed-over`],
      ['sales.accepted', `${key()}/accepted`],
    ])
    expect(result.journal.filter((it) => it.flow === 'g').map((it) => it.port)).toEqual(['out', 'end'])
  })
})
