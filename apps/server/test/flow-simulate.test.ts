import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test, vi } from 'vitest'
import { baton, useFiles } from './cli.ts'

vi.setConfig({ testTimeout: 240_000 })

const path = (name: string) => fileURLToPath(new URL(`./flow-run/${name}`, import.meta.url))
const recorded = () => readFileSync(path('fair.journal.jsonl'), 'utf8')

const file = useFiles()

describe('flow simulate', () => {
  const fair = (command: string) => {
    const files = [path('fair.bundle.json'), '--contacts', path('fair.contacts.csv'), '--events', path('fair.events.jsonl')]
    return baton('flow', command, ...files, '--from', '2026-03-02', '--days', '6', '--seed', 'fair', '--consent', 'A fair')
  }

  test('prints the log that was recorded of the real runner, to the byte, and says the same of what found nothing', async () => {
    const simulated = await fair('simulate')
    expect(simulated.out.split('\n')).toEqual(recorded().split('\n'))
    const ran = await fair('run')
    expect(simulated.code).toBe(ran.code)
    expect(simulated.err.split('\n').sort()).toEqual(ran.err.split('\n').sort())
  })

  test('a note to a user uses up no answer that is meant for a call, in a run as in a simulation', async () => {
    const note = { to: { kind: 'owner', otherwise: 'team_a' }, inApp: true, email: false, text: 'Somebody is here' }
    const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 1, ...data } })
    const nodes = [
      node('in', 'trigger', { v: 2, on: { kind: 'event', type: 'go', where: [], key: null } }),
      node('note', 'notify', note),
      node('call', 'webhook', { url: 'https://example.com/hook', body: { kind: 'chosen', fields: ['email'] } }),
      node('good', 'exit', { label: 'Good' }),
      node('bad', 'exit', { label: 'Bad' }),
    ]
    const ways = [
      ['in', 'out', 'note'],
      ['note', 'out', 'call'],
      ['call', 'answered', 'good'],
      ['call', 'failed', 'bad'],
    ]
    const edges = ways.map(([source, sourceHandle, target], i) => ({ id: `e${i}`, source, sourceHandle, target }))
    const bundle = file('note.json', {
      flows: [{ id: 'f', name: 'F', graph: { nodes, edges } }],
      teams: [{ id: 'team_a', name: 'Team', members: 1 }],
    })
    const contacts = file('note.csv', 'email\nann@example.com\n')
    const lines = [
      { contact: 'ann@example.com', type: 'go', time: '2026-03-02T09:00:00Z' },
      { contact: 'ann@example.com', time: '2026-03-02T10:00:00Z', webhook: { status: 200, data: null } },
    ]
    const events = file('note.jsonl', lines.map((it) => JSON.stringify(it)).join('\n'))
    const how = ['--contacts', contacts, '--events', events, '--from', '2026-03-02', '--days', '2', '--consent', 'A test']
    const ran = await baton('flow', 'run', bundle, ...how)
    expect(ran.err).not.toContain('passed over')
    const read = (out: string) => out.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).port]))
    expect(read(ran.out)).toEqual(['out', 'out', 'answered', 'end'])
    expect(await baton('flow', 'simulate', bundle, ...how)).toMatchObject({ out: ran.out })
  })

  test('a file that is none is said with its path', async () => {
    const done = await baton('flow', 'simulate', file('broken.json', '{'))
    expect(done.code).toBe(1)
    expect(done.err).toContain('broken.json')
  })
})

describe('flow test', () => {
  const graph = {
    nodes: [
      { id: 'in', type: 'trigger', position: { x: 0, y: 0 }, data: { v: 2, on: { kind: 'event', type: 'go', where: [], key: null } } },
      { id: 'w', type: 'wait', position: { x: 0, y: 100 }, data: { v: 1, until: { kind: 'duration', amount: 2, unit: 'hours' } } },
      { id: 'end', type: 'exit', position: { x: 0, y: 200 }, data: { v: 1, label: 'Done', finished: true } },
    ],
    edges: [
      { id: 'e1', source: 'in', sourceHandle: 'out', target: 'w' },
      { id: 'e2', source: 'w', sourceHandle: 'out', target: 'end' },
    ],
  }
  const goes = [
    { node: 'in', port: 'out' },
    { node: 'w', port: 'out' },
    { node: 'end', port: 'end' },
  ]
  const one = (more: object) => ({
    id: 't1',
    name: 'Goes through',
    flow: 'f',
    from: '2026-03-02T09:00:00Z',
    until: '2026-03-03T09:00:00Z',
    events: [{ time: '2026-03-02T10:00:00Z', type: 'go' }],
    expect: goes,
    ...more,
  })
  const bundle = (...tests: object[]) => ({ flows: [{ id: 'f', name: 'F', graph }], tests })

  test('all as expected', async () => {
    const at = file('good.json', bundle(one({ end: { how: 'over', ended: 'finished', label: 'Done' } })))
    expect(await baton('flow', 'test', at)).toEqual({
      code: 0,
      out: 'ok   Goes through (f t1)\n',
      err: `${at}: 1 test, all as expected.\n`,
    })
  })

  test('another way is told step by step, and ends with 1', async () => {
    const wrong = one({
      id: 't2',
      name: 'Goes elsewhere',
      expect: [goes[0], { node: 'end', port: 'end' }],
      end: { how: 'rests', node: 'w' },
    })
    const at = file('wrong.json', bundle(one({}), wrong))
    const done = await baton('flow', 'test', at)
    expect(done.code).toBe(1)
    expect(done.out.split('\n')).toEqual([
      'ok   Goes through (f t1)',
      'FAIL Goes elsewhere (f t2)',
      '      in → out',
      '    - end → end',
      '    + w → out',
      '    + end → end',
      '    - in the end stands at w',
      '    + in the end it is over: finished, “Done”',
      '',
    ])
    expect(done.err).toContain('1 of 2 tests did not come out as expected')
    const json = await baton('flow', 'test', at, '--json', '--only', 't2')
    expect(JSON.parse(json.out)).toMatchObject({ flow: 'f', id: 't2', ok: false, differsAt: 1 })
  })

  test('flow check goes through the tests as well: one that fails is a warning', async () => {
    const good = file('checked.json', bundle(one({})))
    expect(await baton('flow', 'check', good)).toEqual({ code: 0, out: '', err: `${good}: 1 flow, 1 test, no problems.\n` })
    const bad = file('failing.json', bundle(one({}), one({ id: 't2', name: 'Goes elsewhere', expect: [goes[0], goes[2]] })))
    const done = await baton('flow', 'check', bad, '--json')
    expect(done).toMatchObject({ code: 0, err: `${bad}: 1 flow, 2 tests, 1 warning.\n` })
    expect(JSON.parse(done.out)).toMatchObject({ flow: 'f', severity: 'warning', code: 'test.failed', nodes: ['w'] })
  })

  test('no tests, an unknown test, a test of a flow that is not there', async () => {
    expect(await baton('flow', 'test', file('none.json', bundle()))).toMatchObject({ code: 0, out: '' })
    expect(await baton('flow', 'test', file('none.json', bundle(one({}))), '--only', 'x')).toMatchObject({ code: 1 })
    const astray = await baton('flow', 'test', file('astray.json', bundle(one({ flow: 'gone' }))))
    expect(astray.code).toBe(1)
    expect(astray.err).toContain('gone')
  })
})
