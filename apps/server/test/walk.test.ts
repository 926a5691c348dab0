import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bundle, bundleCatalog, readBundle } from '@baton/api'
import {
  type CallLine,
  inlineSubFlows,
  journalLine,
  persona,
  playWalk,
  readEvents,
  sortJournal,
  stateOfPersona,
  type WalkDecision,
  type WalkGround,
  walkGround,
} from '@baton/engine'
import { expect, test, vi } from 'vitest'
import { run } from '../src/cli/program.ts'

vi.setConfig({ testTimeout: 240_000 })

const read = (name: string) => readFileSync(fileURLToPath(new URL(`./flow-run/${name}`, import.meta.url)), 'utf8')

const FLOW = 'flw_fair'
const FROM = Date.UTC(2026, 2, 2)
const UNTIL = FROM + 6 * 86_400_000

function bundle(): Bundle {
  const parsed = readBundle(JSON.parse(read('fair.bundle.json')))
  if ('ok' in parsed) return parsed.ok
  throw new Error(JSON.stringify(parsed.error))
}

function ground(of: Bundle): WalkGround {
  const flow = of.flows.find((it) => it.id === FLOW)
  if (!flow) throw new Error('The flow is not in the bundle.')
  const inlined = inlineSubFlows(flow.graph, (id) => of.flows.find((it) => it.id === id), flow)
  if ('issues' in inlined) throw new Error(JSON.stringify(inlined.issues))
  const segments = of.segments.filter((it) => !it.list)
  const made = walkGround({ flowId: FLOW, graph: inlined.ok, catalog: bundleCatalog(of), segments })
  if ('issues' in made) throw new Error(JSON.stringify(made.issues))
  return made.ok
}

/** What the events file says of one contact: what happens, and what calls are answered. */
function eventsOf(contact: string): { decisions: WalkDecision[]; answers: CallLine[] } {
  const parsed = readEvents(read('fair.events.jsonl'))
  if ('error' in parsed) throw new Error(parsed.error.join())
  const decisions: WalkDecision[] = []
  const answers: CallLine[] = []
  for (const { happening: what, receivedAt: at } of parsed.ok.filter((it) => it.contact === contact)) {
    if (what.do === 'webhook') answers.push({ at, what })
    else decisions.push({ do: 'happen', at, what })
  }
  return { decisions: [...decisions, { do: 'until', at: UNTIL }], answers }
}

/** What the real runner writes of one contact alone. */
async function ran(contact: string): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'walk-'))
  const only = (name: string, keep: (line: string, at: number) => boolean) => {
    const lines = read(name).trimEnd().split('\n')
    writeFileSync(join(dir, name), `${lines.filter(keep).join('\n')}\n`)
    return join(dir, name)
  }
  const people = only('fair.contacts.csv', (line, at) => at === 0 || line.startsWith(contact))
  const events = only('fair.events.jsonl', (line) => line.includes(contact))
  const out: string[] = []
  const files = [fileURLToPath(new URL('./flow-run/fair.bundle.json', import.meta.url)), '--contacts', people, '--events', events]
  const args = ['flow', 'run', ...files, '--from', '2026-03-02', '--days', '6', '--seed', 'fair', '--consent', 'A fair']
  try {
    await run(args, { env: {}, out: (text) => out.push(text), err: () => {} })
  } finally {
    rmSync(dir, { recursive: true })
  }
  return out.join('').trimEnd().split('\n')
}

test.each(['ada', 'bob', 'eve', 'hal'])('W-12 the walk of %s is the log that the real runner writes, to the byte', async (name) => {
  const contact = `${name}@example.com`
  const made = ground(bundle())
  const capital = name.charAt(0).toUpperCase() + name.slice(1)
  const who = persona.parse({ key: contact, fields: { email: contact, first_name: capital, zone: 'Europe/Berlin' } })
  const start = { at: FROM, state: stateOfPersona(who, made, FROM), fresh: true, entrance: null }
  const { decisions, answers } = eventsOf(contact)
  const walk = playWalk(made, start, decisions, answers)
  const lines = sortJournal(walk.moments.flatMap((it) => it.steps.map((step) => journalLine(contact, FLOW, step))))
  expect(lines.length).toBeGreaterThan(3)
  expect(lines.map((it) => JSON.stringify(it))).toEqual(await ran(contact))
})
