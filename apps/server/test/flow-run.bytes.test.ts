import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { run } from '../src/cli/program.ts'

vi.setConfig({ testTimeout: 240_000 })

const path = (name: string) => fileURLToPath(new URL(`./flow-run/${name}`, import.meta.url))

async function baton(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, { env: {}, out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join(''), err: err.join('') }
}

const fair = (events = path('fair.events.jsonl')) => {
  const files = ['--contacts', path('fair.contacts.csv'), '--events', events]
  return baton(
    'flow',
    'run',
    path('fair.bundle.json'),
    ...files,
    '--from',
    '2026-03-02',
    '--days',
    '6',
    '--seed',
    'fair',
    '--consent',
    'A fair',
  )
}

test('a run with a line, a split, a flow inside, a web address, a wait and sales is the recorded one, to the byte', async () => {
  const done = await fair()
  await expect(done.out).toMatchFileSnapshot('./flow-run/fair.journal.jsonl')
  // What found nothing to happen to is said, and the run ends with 1: the file holds answers for people whom the seed sends another way.
  expect(done.err).toMatch(/^People: 8\. Rows that could not be taken in: 0\.\nSteps: \d+\.\n/)
  const lines = done.out
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it))
  const codes = new Set(lines.map((it) => it.reason.code))
  for (const code of [
    'throttle.released',
    'split.drawn',
    'sub-flow.entered',
    'sub-flow.left',
    'webhook.answered',
    'webhook.failed',
    'wait.event',
    'wait.time-out',
    'send.not-sent',
  ])
    expect(codes).toContain(code)
  // One an hour: no two leave the line within one hour of the clock.
  const hours = lines.filter((it) => it.reason.code === 'throttle.released').map((it) => it.time.slice(0, 13))
  expect(new Set(hours).size).toBe(hours.length)
})

test('the same files give the same run, whatever the order of their lines', async () => {
  const recorded = readFileSync(path('fair.journal.jsonl'), 'utf8')
  const events = readFileSync(path('fair.events.jsonl'), 'utf8').trimEnd().split('\n')
  const dir = mkdtempSync(join(tmpdir(), 'fair-'))
  try {
    const turned = join(dir, 'turned.jsonl')
    writeFileSync(turned, events.reverse().join('\n'))
    expect((await fair(turned)).out.split('\n')).toEqual(recorded.split('\n'))
  } finally {
    rmSync(dir, { recursive: true })
  }
})
