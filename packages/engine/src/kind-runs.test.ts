import { describe, expect, test } from 'vitest'
import { kindRuns, playKindRun, recompute } from '../testing/index.ts'
import { recordedWith } from '../testing/recorded-with.ts'
import { kinds, parseNode } from './index.ts'

const runs = kindRuns().map((run) => ({ run, journal: playKindRun(run).journal }))

test('E-1 the recorded runs name the tz data they were made with, and what to do where those of the runtime are others', () => {
  expect(recordedWith()).toMatch(/^(The engine does something else|Recorded with tz \d{4}[a-z], run with )/)
  expect(recordedWith('2031z')).toMatch(/^Recorded with tz \d{4}[a-z], run with 2031z: .* before anything is recorded anew\.$/)
})

test('E-94 every kind has a recorded run', () => {
  expect(runs.map((it) => it.run.kind).sort()).toEqual(Object.keys(kinds).sort())
})

describe.each(runs.map((it) => [it.run.kind, it] as const))('the recorded run of %s', (kind, { run, journal }) => {
  test('E-1 gives the recorded journal, to the byte', async () => {
    const lines = journal.map((it) => `${JSON.stringify(it)}\n`).join('')
    await expect(lines, recordedWith()).toMatchFileSnapshot(`../fixtures/kinds/${kind}.journal.jsonl`)
  })

  test('E-94 takes every port of the kind', () => {
    const taken = new Set(journal.map((it) => `${it.flow} ${it.node} ${it.port}`))
    const nodes = run.flows.flatMap(({ id, graph }) => graph.nodes.filter((it) => it.type === kind).map((node) => ({ id, node })))
    expect(nodes.length).toBeGreaterThan(0)
    const missed = nodes.flatMap(({ id, node }) => {
      const read = parseNode(node)
      const ports = 'ok' in read ? read.ok.kind.ports(read.ok.config).map((it) => it.id) : ['(does not parse)']
      return (ports.length === 0 ? ['end'] : ports).map((port) => `${id} ${node.id} ${port}`).filter((it) => !taken.has(it))
    })
    expect(missed).toEqual([])
  })

  test('E-5 every decision follows from its reason alone', () => {
    for (const line of journal) expect([line.port, line]).toEqual([recompute(line.reason), line])
  })
})
