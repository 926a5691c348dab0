import { describe, expect, test } from 'vitest'
import { sampleCatalog, sampleFlows } from '../fixtures/index.ts'
import { recompute, runInMemory, samplePlan, sampleRun } from '../testing/index.ts'
import { checkFlow, compileFlow, parseNode } from './index.ts'

const run = runInMemory(samplePlan(), sampleRun.contacts, sampleRun.until, { seed: sampleRun.seed })

describe('the sample programme', () => {
  test.each(sampleFlows.map((it) => [it.name, it] as const))('%s passes the checks and compiles', (_, { id, graph }) => {
    expect(checkFlow(graph, sampleCatalog)).toEqual([])
    expect(compileFlow({ flowId: id, version: 1, graph, catalog: sampleCatalog })).toHaveProperty('ok')
  })

  test('E-1 the recorded run gives the recorded journal, to the byte', async () => {
    const lines = run.journal.map((it) => `${JSON.stringify(it)}\n`).join('')
    await expect(lines).toMatchFileSnapshot('../fixtures/sample-run.journal.jsonl')
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

  test('E-5 every decision of the recorded run follows from its reason alone', () => {
    for (const line of run.journal) expect([line.port, line]).toEqual([recompute(line.reason), line])
  })
})
