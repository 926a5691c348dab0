import { readFileSync } from 'node:fs'
import { nodeCounts } from '@baton/db'
import { type JournalLine, UNDECIDED } from '@baton/engine'
import { sampleRun } from '@baton/engine/testing'
import { expect, test } from 'vitest'
import { onBoth, type World } from './programme.ts'

const recorded = readFileSync(new URL('../../../../packages/engine/fixtures/sample-run.journal.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line): JournalLine => JSON.parse(line))

/** Feeds the recorded inputs at their instants. Items of one instant arrive together. */
async function replay(world: World): Promise<void> {
  await world.sample(undefined, { seed: sampleRun.seed })
  world.clock.advance(sampleRun.from - world.clock.now())
  for (const { state } of sampleRun.contacts) {
    const { key, fields, consent, zone, suppressed } = state.person
    await world.person(key, { fields, consent, zone, suppressed })
  }
  const items = sampleRun.contacts.flatMap(({ state, items: own }) => own.map((item) => ({ key: state.person.key, item })))
  const instants = [...new Set(items.map(({ item }) => item.at))].sort((a, b) => a - b)
  for (const at of instants) {
    await world.runUntil(at - 1)
    world.clock.advance(1)
    for (const { key, item } of items) if (item.at === at) await world.tell(key, item)
    await world.runner.drainUntilIdle()
  }
  await world.runUntil(sampleRun.until)
}

/** Two flows may give lines of one contact that agree in time and seq: here the flow decides. */
const byFlow = (lines: readonly JournalLine[]) =>
  [...lines].sort((a, b) =>
    JSON.stringify([a.contact, a.time, a.flow, a.seq]) < JSON.stringify([b.contact, b.time, b.flow, b.seq]) ? -1 : 1,
  )

onBoth(
  'the sample programme',
  (open) => {
    test('gives, run over the database, the journal that the engine alone recorded; the live counts are its sums', async () => {
      const world = await open()
      await replay(world)
      const journal = await world.journal()
      expect(byFlow(journal)).toEqual(byFlow(recorded))

      // How many could not be decided is told beside the people: they leave by one of the ways too.
      const counts = (await nodeCounts(world.handle)).filter((it) => it.port !== UNDECIDED)
      const left = new Map<string, number>()
      for (const { flow, node, port } of journal) left.set(`${flow} ${node} ${port}`, (left.get(`${flow} ${node} ${port}`) ?? 0) + 1)
      expect(Object.fromEntries(counts.filter((it) => it.port !== '').map((it) => [`${it.flowId} ${it.node} ${it.port}`, it.n]))).toEqual(
        Object.fromEntries(left),
      )
      const inside = await world.handle.query<{ flowId: string; node: string; n: number }>(
        'select flow_id as "flowId", node, count(*) as n from enrolment where gen = 0 group by 1, 2',
      )
      const here = new Map<string, number>()
      for (const { flowId, node, port, n } of counts)
        here.set(`${flowId} ${node}`, (here.get(`${flowId} ${node}`) ?? 0) + (port === '' ? n : -n))
      expect(Object.fromEntries([...here].filter(([, n]) => n !== 0))).toEqual(
        Object.fromEntries(inside.map((it) => [`${it.flowId} ${it.node}`, it.n])),
      )
      expect(await world.handle.query('select * from dead')).toEqual([])
      expect(await world.handle.query('select * from inbox')).toEqual([])
    })
  },
  ['spread'],
)
