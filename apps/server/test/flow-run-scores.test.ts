import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../src/cli/program.ts'

vi.setConfig({ testTimeout: 240_000 })

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'scores-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

async function baton(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, { env: {}, out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join(''), err: err.join('') }
}
const file = (name: string, content: unknown) => {
  const at = join(dir, name)
  writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content))
  return at
}

const node = (id: string, type: string, data: object) => ({ id, type, position: { x: 0, y: 0 }, data: { v: 2, ...data } })
const chief = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'job_title' }, op: 'contains', value: 'chief' }] }
const bundle = {
  flows: [
    {
      id: 'f',
      name: 'Warm',
      graph: {
        nodes: [
          node('in', 'trigger', { on: { kind: 'score', dimension: 'engagement', way: 'up', points: 8 } }),
          node('fits', 'branch', {
            v: 1,
            cases: [
              {
                id: 'yes',
                name: 'Fits',
                when: { combinator: 'and', rules: [{ subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 30 }] },
              },
            ],
          }),
          node('good', 'exit', { v: 1, label: 'Good' }),
          node('other', 'exit', { v: 1, label: 'Other' }),
        ],
        edges: [
          { id: 'a', source: 'in', sourceHandle: 'out', target: 'fits' },
          { id: 'b', source: 'fits', sourceHandle: 'yes', target: 'good' },
          { id: 'c', source: 'fits', sourceHandle: 'otherwise', target: 'other' },
        ],
      },
    },
  ],
  scoreModel: {
    rules: [
      { kind: 'attribute', id: 'chief', dimension: 'fit', points: 3000, when: chief },
      { kind: 'behaviour', id: 'visit', dimension: 'engagement', points: 500, event: 'visit', atMost: { count: 2, days: 7 } },
    ],
  },
}
const contacts = () => file('people.csv', 'email,job_title\nann@example.com,Chief of all\nbo@example.com,Clerk\n')
const visits = ['ann@example.com', 'bo@example.com'].flatMap((contact) =>
  [9, 10, 11].map((hour) => ({ contact, type: 'visit', time: `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z` })),
)
const args = (of: unknown) => [
  file('scores.json', of),
  ...['--contacts', contacts(), '--events', file('events.jsonl', visits.map((it) => JSON.stringify(it)).join('\n'))],
  ...['--from', '2026-03-02', '--days', '3', '--seed', 's'],
]

test('a bundle brings its score model: the second visit lets in, who fits goes one way, in a run as by the engine alone', async () => {
  const ran = await baton('flow', 'run', ...args(bundle))
  expect([ran.err, ran.code]).toEqual([expect.any(String), 0])
  const lines = ran.out
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines).toHaveLength(6)
  expect(lines).toMatchObject([
    { contact: 'ann@example.com', time: '2026-03-02T10:00:00.000Z', node: 'in' },
    { contact: 'ann@example.com', node: 'fits', port: 'yes' },
    { contact: 'ann@example.com', node: 'good' },
    { contact: 'bo@example.com', time: '2026-03-02T10:00:00.000Z', node: 'in' },
    { contact: 'bo@example.com', node: 'fits', port: 'otherwise' },
    { contact: 'bo@example.com', node: 'other' },
  ])
  expect((await baton('flow', 'simulate', ...args(bundle))).out).toBe(ran.out)
})

test('a score model that is not sound is told with its rule', async () => {
  const [first] = bundle.scoreModel.rules
  const wrong = { ...bundle, scoreModel: { rules: [{ ...first, dimension: 'gone' }] } }
  const { code, err } = await baton('flow', 'run', ...args(wrong))
  expect(code).not.toBe(0)
  expect(err).toContain('score model at chief: This score no longer exists')
})
