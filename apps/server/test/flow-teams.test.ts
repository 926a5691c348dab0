import { expect, test, vi } from 'vitest'
import { baton, useFiles } from './cli.ts'

vi.setConfig({ testTimeout: 400_000 })

const file = useFiles()

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data })
const handOff = {
  ...{ v: 2, teamId: 'sales', why: 'Asked', note: '', fields: [], level: { minutes: 60, remindBefore: null }, redistribute: 1 },
  ...{ queueMinutes: 120, afterBreach: 'no-response', voicemail: null },
}
const graph = {
  nodes: [
    node('in', 'trigger', { v: 2, on: { kind: 'event', type: 'asked', where: [], key: null } }),
    node('s', 'hand-to-sales', handOff),
    node('end', 'exit', { v: 1, label: 'Done', finished: true }),
  ],
  edges: [['in', 'out', 's'], ...['accepted', 'rejected', 'no-response', 'overflow'].map((port) => ['s', port, 'end'])].map(
    ([source, sourceHandle, target], i) => ({ id: `e${i}`, source, sourceHandle, target }),
  ),
}
const living = (country: string) => ({
  combinator: 'and',
  rules: [{ subject: { kind: 'field', key: 'country' }, op: 'is', value: country }],
})
const week = (from: string, to: string) => Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [{ from, to }]]))
const team = {
  id: 'sales',
  name: 'Sales',
  calendar: 'berlin',
  members: [
    { id: 'ann', email: 'ann@sales.example', cap: 1, absences: [{ from: '2026-03-02T10:30:00Z', to: '2026-03-02T12:00:00Z' }] },
    { id: 'bob', calendar: 'york' },
    { id: 'cleo', weight: 2, absences: [{ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' }] },
  ],
  territories: [{ id: 'austria', name: 'Austria', condition: living('AT'), members: ['cleo'] }],
}
const bundle = (more: object = {}) => ({
  flows: [{ id: 'f', name: 'F', graph }],
  zone: 'Europe/Berlin',
  calendars: [
    { id: 'berlin', name: 'Berlin', zone: 'Europe/Berlin', hours: week('09:00', '17:00'), holidays: [{ date: '2026-03-03', name: 'Off' }] },
    { id: 'york', name: 'New York', zone: 'America/New_York', hours: week('09:00', '17:00'), holidays: [] },
  ],
  teams: [{ ...team, ...more }],
})

test('owners, territories, own hours, absences, room, and a rep who writes: a simulation says what the run says, to the byte', async () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const contacts = file('c.csv', ['email,country', ...names.map((it, i) => `${it}@x.example,${i % 2 === 0 ? 'AT' : 'DE'}`)].join('\n'))
  const owned = (name: string, owner: string) => ({
    ...{ contact: `${name}@x.example`, time: '2026-03-02T08:00:00Z' },
    related: { of: 'opportunity', id: `deal-${name}`, data: { owner_email: owner, stage: 'Offer' } },
  })
  const asks = names.map((it, i) => ({ contact: `${it}@x.example`, type: 'asked', time: `2026-03-02T09:${10 + i}:00Z` }))
  const lines = [
    ...[owned('b', 'ann@sales.example'), owned('c', 'Ann@sales.example')],
    ...asks,
    { contact: 'b@x.example', type: 'sales.draft', time: '2026-03-02T11:09:00Z', props: { rep: 'Ann' } },
    { contact: 'd@x.example', type: 'sales.wrong-number', time: '2026-03-02T14:30:00Z', props: { rep: 'Bob' } },
    { contact: 'd@x.example', type: 'sales.accepted', time: '2026-03-02T14:40:00Z', props: { rep: 'Bob' } },
  ]
  const events = file('e.jsonl', lines.map((it) => JSON.stringify(it)).join('\n'))
  const how = ['--contacts', contacts, '--events', events, '--from', '2026-03-02', '--days', '5', '--consent', 'A test']
  const at = file('teams.json', bundle())
  const simulated = await baton('flow', 'simulate', at, ...how)
  const ran = await baton('flow', 'run', at, ...how)
  expect(simulated.out.split('\n')).toEqual(ran.out.split('\n'))
  expect(ran.out).toContain('handoff.accepted')
  expect(ran.out).toContain('handoff.no-response')
})

test.each<[string, object, RegExp]>([
  ['a member twice', { members: [{ id: 'ann' }, { id: 'ann' }], territories: [] }, /teams\.0\.members.*“ann” twice/],
  ['a calendar that is not there', { calendar: 'moon' }, /teams\.0\.calendar.*“moon”, which is not in calendars/],
  ['a territory of somebody else', { members: [{ id: 'ann' }] }, /territories\.0\.members.*“cleo”, who is not in the team/],
  [
    'overlapping territories',
    { territories: [...team.territories, { id: 'again', name: 'Again', condition: living('AT'), members: ['ann'] }] },
    /territories\.1\.condition.*overlaps “Austria”/,
  ],
  [
    'absences that overlap',
    {
      members: [
        ...team.members,
        {
          id: 'dora',
          absences: [
            { from: '2026-03-02T00:00:00Z', to: '2026-03-05T00:00:00Z' },
            { from: '2026-03-04T00:00:00Z', to: '2026-03-06T00:00:00Z' },
          ],
        },
      ],
    },
    /members\.3\.absences\.1.*overlaps absence 0/,
  ],
])('%s is told with its place', async (_, more, says) => {
  const done = await baton('flow', 'simulate', file('wrong.json', bundle(more)), '--from', '2026-03-02')
  expect(done.code).toBe(1)
  expect(done.err).toMatch(says)
})

test('a team without members is told at the step that hands over', async () => {
  const done = await baton('flow', 'simulate', file('empty.json', bundle({ members: [], territories: [] })), '--from', '2026-03-02')
  expect(done.code).toBe(1)
  expect(done.err).toMatch(/F at s: .*[Ss]ales/)
})
