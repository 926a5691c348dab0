import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sampleCatalog, sampleFlows } from '../fixtures/index.ts'
import { recompute, runInMemory, samplePerson, samplePlan, sampleRun } from '../testing/index.ts'
import { recordedWith } from '../testing/recorded-with.ts'
import { advance, checkFlow, compileFlow, emptyState, type InboxItem, parseNode } from './index.ts'

const run = runInMemory(samplePlan(), sampleRun.contacts, sampleRun.until, { seed: sampleRun.seed })

describe('the sample programme', () => {
  test.each(sampleFlows.map((it) => [it.name, it] as const))('%s passes the checks and compiles', (_, { id, graph }) => {
    expect(checkFlow(graph, sampleCatalog)).toEqual([])
    expect(compileFlow({ flowId: id, version: 1, graph, catalog: sampleCatalog })).toHaveProperty('ok')
  })

  test('E-1 the recorded run gives the recorded journal, to the byte', async () => {
    const lines = run.journal.map((it) => `${JSON.stringify(it)}\n`).join('')
    await expect(lines, recordedWith()).toMatchFileSnapshot('../fixtures/sample-run.journal.jsonl')
  })

  test('the recorded run takes every port of every step of every flow', () => {
    const taken = new Set(run.journal.map((it) => `${it.flow} ${it.node} ${it.port}`))
    const missed = sampleFlows.flatMap(({ id, graph }) =>
      graph.nodes.flatMap((node) => {
        const parsed = parseNode(node)
        const ports = 'ok' in parsed ? parsed.ok.kind.ports(parsed.ok.config).map((it) => it.id) : []
        return (ports.length === 0 ? ['end'] : ports).map((port) => `${id} ${node.id} ${port}`).filter((it) => !taken.has(it))
      }),
    )
    expect(missed).toEqual([])
  })

  test('E-60 E-80 the bank campaign hands over as many as a plain script over the same rows', () => {
    const row = fc.record({
      job: fc.constantFrom('management', 'technician', 'entrepreneur', 'blue-collar', 'unknown', 'retired', 'admin.', 'student', 'Retired'),
      poutcome: fc.constantFrom('success', 'failure', 'other', 'unknown'),
      balance: fc.integer({ min: -500, max: 4000 }),
      campaign: fc.integer({ min: 1, max: 6 }),
      previous: fc.integer({ min: 0, max: 4 }),
    })
    const plain = (it: typeof row extends fc.Arbitrary<infer R> ? R : never) => {
      const job = it.job.toLowerCase()
      let fit = it.poutcome === 'success' ? 40 : ['failure', 'other'].includes(it.poutcome) && it.previous >= 2 ? 10 : 0
      fit += ['management', 'retired', 'student', 'admin.'].includes(job) ? 20 : ['blue-collar', 'entrepreneur'].includes(job) ? -10 : 0
      fit += it.balance >= 1500 ? 15 : 0
      return fit >= 50 && it.campaign <= 3
    }
    const plan = samplePlan()
    const handed = { expected: 0, seen: 0 }
    fc.assert(
      fc.property(row, (fields) => {
        const state = emptyState(samplePerson({ key: 'row', fields }))
        const created: InboxItem = { kind: 'created', at: 1, source: { kind: 'import', id: 'i' } }
        const { handoffs } = advance(plan, state, { now: 1, items: [created] }, { now: 1, seed: '' })
        handed.seen += handoffs.length
        handed.expected += plain(fields) ? 1 : 0
        expect(handoffs).toHaveLength(plain(fields) ? 1 : 0)
      }),
      { seed: 42, numRuns: 2000 },
    )
    expect(handed.seen).toBe(handed.expected)
    expect(handed.seen).toBeGreaterThan(50)
  })

  test('E-5 every decision of the recorded run follows from its reason alone', () => {
    for (const line of run.journal) expect([line.port, line]).toEqual([recompute(line.reason), line])
  })
})
