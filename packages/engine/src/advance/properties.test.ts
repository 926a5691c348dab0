import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  arbitraryFlow,
  arbitraryProgramme,
  type MemoryRun,
  NOW,
  type Programme,
  planOf,
  programmeCatalog,
  recompute,
  runInMemory,
  worldAnswers,
} from '../../testing/index.ts'
import { advance, type ContactState, checkFlow, compileFlow, kindOf, type Plan, parseNode, UNDECIDED } from '../index.ts'

const DAYS = 86_400_000
const UNTIL = NOW + 45 * DAYS
const options = { seed: 'property', react: worldAnswers }
const plan = ({ flows, segments }: Programme): Plan => planOf(flows, segments, { ...programmeCatalog, segments: [] })
const run = (it: Programme) => runInMemory(plan(it), it.contacts, UNTIL, options)
const settings = { seed: 42, numRuns: 300 }
const everyRun = (check: (result: MemoryRun, programme: Programme) => void) =>
  fc.assert(
    fc.property(arbitraryProgramme, (programme) => {
      check(run(programme), programme)
    }),
    settings,
  )

/** Freezes a value all through, so that a change of it throws. */
function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

describe('properties of any programme', () => {
  test('the programmes that are tried take every kind of step, and refuse, park and wait', () => {
    const codes = new Set<string>()
    const ends = new Set<string>()
    everyRun((result) => {
      for (const { reason } of result.journal) codes.add(reason.code)
      for (const turn of result.turns) {
        for (const { ended } of turn.result.enrolments) ends.add(ended?.how ?? 'inside')
        for (const { why } of turn.result.refused) ends.add(why)
      }
    })
    const seen = [...codes].sort()
    expect(seen).toEqual([
      'branch.case',
      'branch.otherwise',
      'exit',
      'field.set',
      'goal.met',
      'goal.not-yet',
      'goal.reached',
      'handoff.accepted',
      'handoff.converted',
      'handoff.lost',
      'handoff.no-response',
      'handoff.overflow',
      'handoff.rejected',
      'handoff.voicemail',
      'left-segment',
      'list.changed',
      'notify.told',
      'removed',
      'restarted',
      'score.added',
      'send.not-sent',
      'send.queued',
      'split.drawn',
      'split.kept',
      'tags.changed',
      'throttle.released',
      'trigger.date',
      'trigger.event',
      'trigger.field',
      'trigger.manual',
      'trigger.score',
      'trigger.segment',
      'trigger.segment-left',
      'wait.condition',
      'wait.date',
      'wait.date-field',
      'wait.duration',
      'wait.event',
      'wait.no-date',
      'wait.time-of-day',
      'wait.time-out',
      'wait.window',
      'webhook.answered',
      'webhook.failed',
    ])
    expect([...ends]).toEqual(expect.arrayContaining(['inside', 'not-again', 'not-yet', 'historic', 'finished']))
  })

  test('E-1 the same input gives the same run, to the byte', () => {
    everyRun((result, programme) => expect(JSON.stringify(run(programme))).toBe(JSON.stringify(result)))
  })

  test('E-2 no turn changes what it is given', () => {
    everyRun((result, programme) => {
      const ready = plan(programme)
      const first = freeze(programme.contacts.map((it) => it.state))
      for (const [i, { items }] of programme.contacts.entries()) {
        let state: ContactState | undefined = first[i]
        for (const item of items.slice(0, 6)) {
          if (state) state = freeze(advance(ready, state, freeze({ now: item.at, items: [item] }), { now: item.at, seed: '' })).state
        }
      }
      expect(result.contacts).toHaveLength(first.length)
    })
  })

  test('E-4 going on from the stored state, as JSON, gives the same journal', () => {
    everyRun((result, programme) => {
      const ready = plan(programme)
      const half = NOW + 20 * DAYS
      const before = runInMemory(ready, programme.contacts, half, options)
      const stored: ContactState[] = JSON.parse(JSON.stringify(before.contacts))
      const answers = new Map(programme.contacts.map((it) => [it.state.person.key, it.items.filter((item) => item.at > half)]))
      for (const { contact, at, result: turn } of before.turns)
        answers.get(contact)?.push(...worldAnswers(turn, at).filter((it) => it.at > half))
      const rest = stored.map((state) => ({ state, items: [...(answers.get(state.person.key) ?? [])].sort((a, b) => a.at - b.at) }))
      const after = runInMemory(ready, rest, UNTIL, options)
      const whole = result.turns.filter((it) => it.at > half).map((it) => it.result)
      expect(JSON.stringify(after.turns.map((it) => it.result))).toBe(JSON.stringify(whole))
    })
  })

  test('E-5 every decision follows from its reason alone', () => {
    everyRun((result) => {
      for (const { reason, port } of result.journal) expect([recompute(JSON.parse(JSON.stringify(reason))), reason]).toEqual([port, reason])
    })
  })

  test('E-6 E-9 no effect key comes twice', () => {
    everyRun((result) => {
      const keys = result.turns.flatMap(({ result: { ledger, sends, handoffs, events } }) => [
        ...ledger.map((it) => `points ${it.key}`),
        ...sends.map((it) => `send ${it.key}`),
        ...handoffs.map((it) => `handoff ${it.key}`),
        ...events.map((it) => `event ${it.id}`),
      ])
      expect(new Set(keys).size).toBe(keys.length)
    })
  })

  test('E-24 at most one live enrolment per flow and key, after any turn', () => {
    everyRun((result) => {
      for (const { result: turn } of result.turns) {
        const live = turn.state.enrolments.map((it) => `${it.flowId} ${it.key}`)
        expect(new Set(live).size).toBe(live.length)
      }
    })
  })

  test('E-46 E-129 no wait ends early, and none is late by more than its slot when the clock does not lag', () => {
    everyRun((result, programme) => {
      for (const { time, reason, flow, node } of result.journal) {
        if (reason.code !== 'wait.duration' && !(reason.code === 'wait.time-of-day' && reason.late === 'next')) continue
        const late = Date.parse(time) - reason.target
        expect(late).toBeGreaterThanOrEqual(0)
        // A move to a zone where the target has passed already makes it due at once.
        const { slot = 1 } = z
          .object({ slot: z.number().optional() })
          .parse(programme.flows[flow]?.nodes.find((it) => it.id === node)?.data)
        if (reason.zone === reason.arrivedZone) expect(late).toBeLessThan(slot * 60_000)
      }
    })
  })

  test('E-110 every run ends or waits', () => {
    everyRun((result, programme) => {
      for (const { enrolments } of result.contacts) {
        for (const { flowId, node, dueAt, vars } of enrolments) {
          const type = programme.flows[flowId]?.nodes.find((it) => it.id === node)?.type ?? ''
          // Two flows that change one another for ever (a tag put on and taken off) are stopped by the bound on steps. E-8.
          if (vars.parked?.code === 'too-many-steps') continue
          expect(vars.parked).toBeUndefined()
          // A mail that is held back rests too, where no kind that always rests stands.
          expect(kindOf(type)?.rests || dueAt !== null).toBe(true)
          // Nothing but an answer, or what it waits for, wakes those who have no time of their own.
          expect(dueAt === null ? ['sales', 'wait', 'action'].includes(kindOf(type)?.category ?? '') : dueAt > UNTIL).toBe(true)
        }
      }
    })
  })

  test('E-111 arrivals less leavings at a node are the people there', () => {
    everyRun((result) => {
      const counted = new Map<string, number>()
      for (const { flowId, node, port } of result.turns.flatMap((it) => it.result.deltas)) {
        if (port === UNDECIDED) continue
        const at = `${flowId} ${node}`
        counted.set(at, (counted.get(at) ?? 0) + (port === null ? 1 : -1))
      }
      const there = new Map<string, number>([...counted.keys()].map((it) => [it, 0]))
      for (const { flowId, node } of result.contacts.flatMap((it) => it.enrolments))
        there.set(`${flowId} ${node}`, (there.get(`${flowId} ${node}`) ?? 0) + 1)
      expect(counted).toEqual(there)
    })
  })

  test('E-112 every step leaves by a port of its node, or ends; seq counts from 1 without a gap', () => {
    everyRun((result, programme) => {
      const last = new Map<string, number>()
      for (const { contact, result: turn } of result.turns) {
        for (const { value, steps } of turn.enrolments) {
          const passage = `${contact} ${value.flowId} ${value.key} ${value.entry}`
          for (const step of steps) {
            expect(step.seq).toBe((last.get(passage) ?? 0) + 1)
            last.set(passage, step.seq)
            const node = programme.flows[value.flowId]?.nodes.find((it) => it.id === step.node)
            const parsed = node && parseNode(node)
            const ports = parsed && 'ok' in parsed ? parsed.ok.kind.ports(parsed.ok.config).map((it) => it.id) : []
            // A goal that is reached takes people away from wherever they stand.
            const away = step.reason.code === 'goal.reached' ? ['away'] : []
            expect([...ports, 'end', ...away]).toContain(step.port)
          }
        }
      }
    })
  })
})

describe('properties of any flow', () => {
  test('E-92 compiling is deterministic and passes the checks; places and order in the file do not change the hash', () => {
    fc.assert(
      fc.property(arbitraryFlow, fc.integer(), (graph, shift) => {
        const structural = ['circle', 'port-open', 'no-end', 'dangling-edge', 'no-trigger', 'config']
        expect(checkFlow(graph, programmeCatalog).filter((it) => structural.includes(it.code))).toEqual([])
        const once = compileFlow({ flowId: 'f', version: 1, graph, catalog: programmeCatalog })
        const moved = {
          ...graph,
          nodes: graph.nodes.map((it) => ({ ...it, position: { x: shift, y: shift } })).reverse(),
          edges: [...graph.edges].reverse(),
        }
        const again = compileFlow({ flowId: 'f', version: 1, graph: moved, catalog: programmeCatalog })
        if (!('ok' in once) || !('ok' in again)) throw new Error('does not compile')
        expect(again.ok.hash).toBe(once.ok.hash)
        expect([...again.ok.nodes.keys()].sort()).toEqual([...once.ok.nodes.keys()].sort())
        expect(again.ok.reads).toEqual(once.ok.reads)
      }),
      { seed: 42, numRuns: 200 },
    )
  })
})
