import { describe, expect, test, vi } from 'vitest'
import { baton, useFiles } from './cli.ts'

vi.setConfig({ testTimeout: 240_000 })

const file = useFiles()

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
const edge = (way: string) => {
  const [source = '', sourceHandle = '', target = ''] = way.split(/[.>]/)
  return { id: way, source, sourceHandle, target }
}

/** A hand-off with everything that may be agreed on, each way to an exit of its name; a voicemail waits two days and comes back. */
function bundle(settings: object, ports: readonly string[], members: number) {
  const nodes = [
    node('in', 'trigger', { v: 2, on: { kind: 'event', type: 'go', where: [], key: null } }),
    node('h', 'hand-to-sales', { v: 2, teamId: 'team_a', why: 'Asked', ...settings }),
    node('w', 'wait', { v: 2, until: { kind: 'duration', amount: 2, unit: 'days' }, slot: 1 }),
    ...ports.filter((it) => it !== 'voicemail').map((it) => node(`x-${it}`, 'exit', { label: it })),
    ...(ports.includes('voicemail') ? [] : [node('x-w', 'exit', { label: 'never' })]),
  ]
  const loop = ports.includes('voicemail') ? ['h.voicemail>w', 'w.out>h'] : ['w.out>x-w']
  const edges = ['in.out>h', ...ports.filter((it) => it !== 'voicemail').map((it) => `h.${it}>x-${it}`), ...loop].map(edge)
  const graph = {
    nodes: ports.includes('voicemail') ? nodes : nodes.filter((it) => it.id !== 'w' && it.id !== 'x-w'),
    edges: edges.filter((it) => ports.includes('voicemail') || it.source !== 'w'),
    settings: { reentry: { when: 'always' } },
  }
  return { flows: [{ id: 'f', name: 'F', graph }], teams: [{ id: 'team_a', name: 'Team', members }] }
}

/** The same over a database and by the engine alone: the log must be one. */
async function both(name: string, made: object, lines: readonly object[], days = 14) {
  const contacts = file(`${name}.csv`, 'email\nann@example.com\nbob@example.com\n')
  const events = file(`${name}.jsonl`, lines.map((it) => JSON.stringify(it)).join('\n'))
  const how = ['--contacts', contacts, '--events', events, '--from', '2026-03-26', '--days', String(days), '--consent', 'A test']
  const at = file(`${name}.json`, made)
  const ran = await baton('flow', 'run', at, ...how)
  const simulated = await baton('flow', 'simulate', at, ...how)
  expect(simulated.out.split('\n')).toEqual(ran.out.split('\n'))
  expect(simulated.err.split('\n').sort()).toEqual(ran.err.split('\n').sort())
  return ran.out
    .split('\n')
    .filter((it) => it !== '')
    .map((it): { contact: string; time: string; node: string; port: string; reason: Record<string, unknown> } => JSON.parse(it))
    .filter((it) => it.node === 'h')
    .map(({ contact, time, port, reason }) => [contact.slice(0, 3), time.slice(0, 16), port, reason.code])
}

const go = (contact: string, time: string) => ({ contact: `${contact}@example.com`, type: 'go', time })
const says = (contact: string, type: string, time: string, props: object = {}) => ({
  ...{ contact: `${contact}@example.com`, type: `sales.${type}`, time, props: { rep: 'Rep', ...props } },
})

describe('a hand-off in a run and in a simulation', () => {
  const level = { level: { minutes: 240, remindBefore: 60 }, redistribute: 1 }

  test('with a level: two reps in turn have their working hours, over a weekend and into summer time, then nobody has answered', async () => {
    // Thursday 15:00 UTC is 16:00 in Berlin: an hour of Thursday, three of Friday; then a rep who has four hours from Friday 12:00.
    const lines = [go('ann', '2026-03-26T15:00:00Z'), go('bob', '2026-03-27T14:00:00Z'), says('bob', 'accepted', '2026-03-27T14:30:00Z')]
    expect(await both('level', bundle(level, ['accepted', 'rejected', 'no-response', 'overflow'], 2), lines)).toEqual([
      ['bob', '2026-03-27T14:30', 'accepted', 'handoff.accepted'],
      ['ann', '2026-03-27T15:00', 'no-response', 'handoff.no-response'],
    ])
  })

  test('with a level and the manager at the end: they wait with the manager', async () => {
    const lines = [go('ann', '2026-03-26T15:00:00Z')]
    expect(await both('manager', bundle({ ...level, afterBreach: 'manager' }, ['accepted', 'rejected', 'overflow'], 2), lines)).toEqual([])
  })

  test('with a voicemail loop: it sleeps, comes back as the next try, and the last voicemail is no response', async () => {
    const lines = [
      go('ann', '2026-03-26T10:00:00Z'),
      says('ann', 'voicemail', '2026-03-26T11:00:00Z'),
      says('ann', 'voicemail', '2026-03-30T11:00:00Z'),
      go('bob', '2026-03-26T10:00:00Z'),
      says('bob', 'voicemail', '2026-03-26T12:00:00Z'),
      says('bob', 'accepted', '2026-03-30T12:00:00Z'),
    ].sort((a, b) => (a.time < b.time ? -1 : 1))
    const ports = ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail']
    expect(await both('voicemail', bundle({ voicemail: { attempts: 2 } }, ports, 2), lines)).toEqual([
      ['ann', '2026-03-26T11:00', 'voicemail', 'handoff.voicemail'],
      ['bob', '2026-03-26T12:00', 'voicemail', 'handoff.voicemail'],
      ['ann', '2026-03-30T11:00', 'no-response', 'handoff.no-response'],
      ['bob', '2026-03-30T12:00', 'accepted', 'handoff.accepted'],
    ])
  })

  test('at the final outcome: won and lost, a deal opened before; what cannot be said is passed over', async () => {
    const lines = [
      go('ann', '2026-03-26T10:00:00Z'),
      says('ann', 'converted', '2026-03-26T11:00:00Z'),
      says('ann', 'accepted', '2026-03-26T12:00:00Z'),
      says('ann', 'opportunity', '2026-03-27T12:00:00Z', { name: 'Twelve seats', amount: 900 }),
      says('ann', 'converted', '2026-03-30T12:00:00Z', { amount: 1200 }),
      go('bob', '2026-03-26T10:00:00Z'),
      says('bob', 'accepted', '2026-03-26T12:00:00Z'),
      says('bob', 'lost', '2026-03-31T12:00:00Z', { reason: 'Price' }),
    ].sort((a, b) => (a.time < b.time ? -1 : 1))
    const ports = ['converted', 'lost', 'rejected', 'overflow']
    expect(await both('final', bundle({ leaveAt: 'final-outcome' }, ports, 2), lines)).toEqual([
      ['ann', '2026-03-30T12:00', 'converted', 'handoff.converted'],
      ['bob', '2026-03-31T12:00', 'lost', 'handoff.lost'],
    ])
  })
})
