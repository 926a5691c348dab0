import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { run } from '../src/cli/program.ts'

vi.setConfig({ testTimeout: 120_000 })

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../packages/engine/fixtures/${name}.json`, import.meta.url), 'utf8'))

/** The command line as a script sees it. */
async function baton(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const io = {
    env: {},
    out(text: string) {
      out += text
    },
    err(text: string) {
      err += text
    },
  }
  const code = await run(args, io)
  return { code, out, err }
}

let dir: string
const file = (name: string, content: string | object) => {
  const path = join(dir, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
let bundle: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'flow-'))
  const { fields, segments: _, eventTypes: __, workspaceZone: zone, ...rest } = fixture('catalog')
  const flows = [
    { id: 'flw_webinar', name: 'Webinar', graph: fixture('webinar-follow-up.flow') },
    { id: 'flw_trial', name: 'Trial', graph: fixture('trial-onboarding.flow') },
    { id: 'flw_bank', name: 'Bank', graph: fixture('bank-campaign.flow') },
  ]
  bundle = file('bundle.json', { ...rest, flows, fields: fields.slice(9), segments: fixture('segments'), zone })
})
afterAll(() => rmSync(dir, { recursive: true }))

describe('flow run', () => {
  test('prints the journey log of the real runner: keys in order, sorted, the same each time', async () => {
    const contacts = file('people.csv', 'email,first_name,country,plan\nanna@example.com,Anna,SE,\nhugo@example.com,Hugo,US,trial\n')
    const events = file(
      'events.jsonl',
      [
        { contact: 'Anna@example.com', type: 'webinar.attended', time: '2026-03-02T09:00:00Z', props: { minutes: 40, webinar: 'w1' } },
        { contact: 'anna@example.com', type: 'demo.requested', time: '2026-03-03T08:00:00Z' },
        { contact: 'anna@example.com', type: 'sales.accepted', time: '2026-03-05T08:00:00Z' },
      ]
        .map((it) => JSON.stringify(it))
        .join('\n'),
    )
    const args = [
      'flow',
      'run',
      bundle,
      '--contacts',
      contacts,
      '--events',
      events,
      '--from',
      '2026-03-02',
      '--days',
      '30',
      '--consent',
      'A fair',
    ]
    const first = await baton(...args)
    expect([first.code, first.err]).toEqual([0, 'People: 2. Rows that could not be taken in: 0.\nSteps: 17.\n'])
    const lines = first.out
      .trimEnd()
      .split('\n')
      .map((it) => JSON.parse(it))
    for (const line of lines) expect(Object.keys(line)).toEqual(['contact', 'seq', 'time', 'flow', 'node', 'visit', 'port', 'reason'])
    const keys = lines.map((it) => `${it.time} ${it.contact} ${String(it.seq).padStart(3)}`)
    expect(keys).toEqual([...keys].sort())
    const anna = lines.filter((it) => it.contact === 'anna@example.com').map((it) => `${it.time} ${it.node} ${it.port}`)
    expect(anna).toEqual([
      '2026-03-02T09:00:00.000Z attended out',
      '2026-03-02T09:00:00.000Z interest out',
      '2026-03-02T09:00:00.000Z recording sent',
      '2026-03-04T09:00:00.000Z two-days out',
      '2026-03-04T09:00:00.000Z reaction call',
      '2026-03-05T08:00:00.000Z demo accepted',
      '2026-03-05T08:00:00.000Z with-sales end',
    ])
    expect((await baton(...args)).out).toBe(first.out)
  })

  test('takes rows by their number, and counts those handed to sales as a plain look at the file does', async () => {
    const job = (i: number) => ['admin.', 'management', 'student', 'retired'][i % 4]
    const outcome = (i: number) => ['success', 'failure', 'unknown', 'other'][(i * 7) % 4]
    const rows = Array.from({ length: 200 }, (_, i) => [20 + (i % 50), job(i), (i * 37) % 3000, 1 + (i % 5), i % 3, outcome(i)].join(';'))
    const contacts = file('bank.csv', ['age;job;balance;campaign;previous;poutcome', ...rows].join('\r\n'))
    const done = await baton('flow', 'run', bundle, '--contacts', contacts, '--key', 'line:bank-', '--from', '2026-03-02', '--days', '2')
    expect(done.code).toBe(0)
    const lines = done.out
      .trimEnd()
      .split('\n')
      .map((it) => JSON.parse(it))
    const started = lines.filter((it) => it.flow === 'flw_bank' && it.node === 'prospects').map((it) => it.contact)
    expect(new Set(started)).toEqual(new Set(rows.map((_, i) => `bank-${i + 1}`)))
    const bought = lines.filter((it) => it.node === 'before' && it.port === 'success').map((it) => it.contact)
    const plain = rows.flatMap((_, i) => (outcome(i) === 'success' ? [`bank-${i + 1}`] : []))
    expect(new Set(bought)).toEqual(new Set(plain))
  })

  test('says what of the events found nobody, and ends with 1', async () => {
    const events = file('nobody.jsonl', '{"contact":"eve@example.com","type":"demo.requested","time":"2026-03-02T09:00:00Z"}\n')
    const contacts = file('one.csv', 'email\nanna@example.com\n')
    const done = await baton('flow', 'run', bundle, '--contacts', contacts, '--events', events, '--from', '2026-03-02', '--days', '1')
    expect([done.code, done.out]).toEqual([1, ''])
    expect(done.err).toContain('events line 1: nobody has the key eve@example.com; passed over.')
  })
})

test('flow schema prints the formats that the readers hold', async () => {
  const flow = JSON.parse((await baton('flow', 'schema')).out)
  expect([flow.$id, flow.required]).toEqual(['urn:baton:flow:1', ['nodes', 'edges']])
  const whole = JSON.parse((await baton('flow', 'schema', '--bundle')).out)
  expect(whole.$id).toBe('urn:baton:bundle:1')
  for (const part of ['flows', 'segments', 'calendars', 'topics', 'forms', 'agreements', 'tests', 'secrets'])
    expect(Object.keys(whole.properties)).toContain(part)
})

describe('bad input', () => {
  const graph = (over: object) => ({ nodes: [], edges: [], ...over })
  const node = (id: string, type: string, data = {}) => ({ id, type, position: { x: 0, y: 0 }, data })

  const way = (id: string) => {
    const [source = '', sourceHandle, target = ''] = id.split(/[.>]/)
    return { id, source, sourceHandle, target }
  }
  /** A step writes a day into a field that holds a date with a time. */
  const unfit = {
    flows: [
      {
        id: 'f',
        name: 'Demos',
        graph: graph({
          nodes: [
            node('in', 'trigger', { v: 2, on: { kind: 'manual' } }),
            node('set', 'update-field', { v: 1, field: 'demo', action: { do: 'set', value: '2026-03-13' } }),
            node('end', 'exit', { v: 1 }),
          ],
          edges: [way('in.out>set'), way('set.out>end')],
        }),
      },
    ],
    fields: [{ key: 'demo', label: 'Demo', type: 'datetime' }],
  }

  test.each([
    ['flow check', 'unfit.json', unfit, 1, 'f at set: error: Give a date and time for Demo.'],
    ['flow run', 'unfit.json', unfit, 1, 'Demos at set: Give a date and time for Demo.'],
    ['flow check', 'gone.json', undefined, 2, 'gone.json is not there.'],
    ['flow check', 'broken.json', '{\n  "nodes": [,]\n}', 1, 'broken.json:2:13: from here on this is not JSON.'],
    ['flow check', 'cut.json', '{\n  "nodes": [', 1, 'cut.json:2:13: the file ends in the middle.'],
    ['flow check', 'nothing.json', ' ', 1, 'nothing.json:1:2: the file is empty.'],
    ['flow check', 'none.json', { flows: [] }, 1, 'holds no flow. Export one'],
    [
      'flow check',
      'mail.json',
      graph({ nodes: [node('m', 'send-email', { v: 1, templateId: 'tpl_x' })] }),
      1,
      'is looked for in this file alone: `baton flow export` puts it in.',
    ],
    [
      'flow simulate',
      'quiet.json',
      graph({
        nodes: [node('in', 'trigger', { v: 2, on: { kind: 'manual' } }), node('end', 'exit', { v: 1, label: 'Done' })],
        edges: [way('in.out>end')],
      }),
      0,
      'There was nobody.',
    ],
    ['flow check', 'other.json', { hello: 1 }, 1, 'flows: '],
    ['flow check', 'newer.json', graph({ format: 7 }), 1, 'from a newer Baton'],
    ['flow check', 'kind.json', graph({ nodes: [node('a', 'teleport')] }), 1, 'flow at a: error: '],
    [
      'flow check',
      'edge.json',
      graph({ nodes: [node('a', 'exit')], edges: [{ id: 'e', source: 'a', sourceHandle: 'out', target: 'zz' }] }),
      1,
      '[dangling-edge]',
    ],
    ['flow run', 'kind.json', graph({ nodes: [node('a', 'teleport')] }), 1, 'kind at a: '],
    [
      'flow check --json',
      'opens.json',
      graph({
        nodes: [node('in', 'trigger', { v: 2, on: { kind: 'event', type: 'mail.opened' } }), node('end', 'exit', { v: 1, label: 'Read' })],
        edges: [way('in.out>end')],
      }),
      0,
      '{"flow":"flow","severity":"warning","code":"relies-on-opens","nodes":["in"],"say":"Whether a mail was opened',
    ],
  ])('%s %s', async (command, name, content, code, says) => {
    if (content !== undefined) file(name, content)
    const done = await baton(...command.split(' '), join(dir, name))
    expect(done.code).toBe(code)
    expect(done.out + done.err).toContain(says)
  })

  test.each([
    [['--from', 'tomorrow'], 'Write it as 2026-03-02'],
    [['--days', '0'], 'Write a number of days'],
    [['--weeks', '1'], "unknown option '--weeks'"],
  ])('flow run %j is a wrong call', async (args, says) => {
    const done = await baton('flow', 'run', bundle, ...args)
    expect([done.code, done.out]).toEqual([2, ''])
    expect(done.err).toContain(says)
  })

  test('people and events that cannot be read are told with file and line', async () => {
    const people = await baton('flow', 'run', bundle, '--contacts', file('twice.csv', 'email,Email\na@example.com,b\n'))
    expect([people.code, people.err]).toEqual([1, expect.stringContaining('twice.csv: Two columns are called')])
    const events = await baton('flow', 'run', bundle, '--events', file('bad.jsonl', '{}\n'))
    expect([events.code, events.err]).toEqual([1, expect.stringContaining('bad.jsonl: line 1: ')])
  })
})

test('flow check with --json is a line per problem, for scripts', async () => {
  const done = await baton(
    'flow',
    'check',
    '--json',
    new URL('../../../packages/engine/fixtures/bank-campaign.flow.json', import.meta.url).pathname,
  )
  expect(done.code).toBe(1)
  const lines = done.out
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it))
  expect(Object.keys(lines[0])).toEqual(['flow', 'severity', 'code', 'nodes', 'say'])
  expect((await baton('flow', 'check', bundle)).code).toBe(0)
})
