import { DAY, HOUR } from '@baton/leads'
import { describe, expect, test } from 'vitest'
import { buildGraph, planOf, recompute, runInMemory } from '../../../testing/index.ts'
import {
  accepted,
  ada,
  assigned,
  catalog,
  enrol,
  flow,
  key,
  left,
  mara,
  news,
  noResponse,
  now,
  plan,
  reasons,
  run,
  START,
  types,
  user,
  voicemail,
} from '../../../testing/sales.ts'
import type { HandoffNews, InboxItem } from '../../index.ts'

describe('the voicemail loop', () => {
  const graph = flow({ voicemail: { attempts: 3 } }, ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail'])

  test('E-402 it sleeps with its rep, marketing may write, and coming back is the next try of the same hand-off', () => {
    const result = run(graph, [news(START + HOUR, assigned), news(START + 2 * HOUR, voicemail(1))], START + 3 * DAY)
    expect(left(result)).toEqual(['voicemail'])
    expect(result.journal.find((it) => it.node === 'm')).toMatchObject({
      port: 'sent',
      reason: { gate: { asleep: true, ownerSide: 'sales' } },
    })
    expect(result.turns.flatMap((it) => it.result.handoffs.map((one) => one.key))).toEqual([key()])
    expect(result.turns.flatMap((it) => it.result.resumed)).toEqual([{ key: key(), at: START + 2 * HOUR + DAY, attempt: 2 }])
    expect(now(result).handoffs).toMatchObject([{ key: key(), state: 'assigned', repId: 'r1', attempt: 2 }])
    expect(now(result).enrolments).toMatchObject([{ node: 'h', vars: { here: { handoff: key() }, visits: { h: 2 } } }])
    expect(now(result).enrolments[0]?.vars.asleep).toBeUndefined()
  })

  test('E-402 the hold is lifted for this passage alone', () => {
    const other = buildGraph(
      [
        ['in', 'trigger', { on: { kind: 'manual' } }],
        ['m', 'send-email', { v: 1, templateId: 'tpl_guide', ifNotSent: 'port' }],
        ['x', 'exit', { label: '' }],
      ],
      ['in.out>m', 'm.sent>x', 'm.not-sent>x'],
    )
    const items = [enrol(START), news(START + HOUR, voicemail(1)), enrol(START + 2 * HOUR, 'g')]
    const { journal } = runInMemory(planOf({ f: graph, g: other }, [], catalog), [{ state: ada, items }], START + 3 * HOUR)
    expect(journal.filter((it) => it.node === 'm').map((it) => [it.flow, it.port])).toEqual([
      ['f', 'sent'],
      ['g', 'not-sent'],
    ])
  })

  test('E-402 the last voicemail is no response', () => {
    const told = [voicemail(1), voicemail(2), voicemail(3)].map((it, i) => news(START + HOUR + i * 2 * DAY, it))
    const result = run(graph, [...told, news(START + HOUR + 4 * DAY, noResponse())])
    expect(left(result)).toEqual(['voicemail', 'voicemail', 'no-response'])
    expect(reasons(result)).toMatchObject([{ attempt: 1, of: 3 }, { attempt: 2 }, { attempts: 3, reason: { code: 'voicemails', of: 3 } }])
    expect(now(result)).toMatchObject({ handoffs: [], person: { ownerSide: 'marketing' } })
  })

  test('E-403 where nobody will be back it does not sleep on', () => {
    const remove: InboxItem = { kind: 'remove', at: START + 3 * HOUR, flowId: 'f', key: '', source: user }
    const gone = run(graph, [news(START + 2 * HOUR, voicemail(1)), remove])
    expect(gone.turns.flatMap((it) => it.result.resumed)).toEqual([{ key: key(), at: START + 3 * HOUR, attempt: 2 }])
    expect(now(gone).handoffs).toMatchObject([{ state: 'assigned' }])
    const unasked = run(flow(), [news(START + 2 * HOUR, voicemail(1))])
    expect(left(unasked)).toEqual([])
    expect(now(unasked).handoffs).toMatchObject([{ state: 'assigned', attempt: 2 }])
  })

  test('E-403 a paused flow holds it, and it sleeps until the flow goes on', () => {
    const pauses = [{ from: START + HOUR, to: null }]
    const paused = planOf({ f: { graph, state: 'paused' as const, pauses } }, [], catalog)
    const items = [enrol(START), news(START + 2 * HOUR, assigned), news(START + 3 * HOUR, voicemail(1))]
    const result = runInMemory(
      [
        { from: 0, plan: plan(graph) },
        { from: START + HOUR, plan: paused },
      ],
      [{ state: ada, items }],
      START + DAY,
    )
    expect(now(result).handoffs).toMatchObject([{ state: 'sleeping' }])
    expect(now(result).enrolments).toMatchObject([{ node: 'h', vars: { held: [{ kind: 'handoff' }] } }])
  })
})

describe('a hand-off that is open already', () => {
  test('E-88 is joined: no second one, the same answer, and its owner hears of it', () => {
    const two = planOf({ f: flow(), g: flow() }, [], catalog)
    const items = [enrol(START), news(START + HOUR, assigned), enrol(START + 2 * HOUR, 'g'), news(START + 3 * HOUR, accepted)]
    const result = runInMemory(two, [{ state: ada, items }], START + DAY)
    expect(result.turns.flatMap((it) => it.result.handoffs.map((one) => [one.key, one.joins]))).toEqual([
      [key(), undefined],
      [key(1, 'g'), key()],
    ])
    expect(result.journal.filter((it) => it.node === 'h').map((it) => [it.flow, it.port, it.reason])).toMatchObject([
      ['f', 'accepted', { handoff: key() }],
      ['g', 'accepted', { handoff: key(), joined: true }],
    ])
    expect(types(result)).toContain('sales.joined')
    expect(now(result).handoffs).toHaveLength(1)
  })

  test('E-88 one that was accepted before is the first answer at once', () => {
    const two = planOf({ f: flow({ leaveAt: 'final-outcome' }, ['converted', 'lost', 'rejected', 'overflow']), g: flow() }, [], catalog)
    const items = [enrol(START), news(START + HOUR, accepted), enrol(START + 2 * HOUR, 'g')]
    const result = runInMemory(two, [{ state: ada, items }], START + DAY)
    expect(result.journal.filter((it) => it.node === 'h')).toMatchObject([
      { flow: 'g', port: 'accepted', reason: { handoff: key(), by: 'sales', joined: true } },
    ])
    expect(types(result)).toContain('sales.joined')
  })

  test.each([
    ['more', 4],
    ['fewer', 2],
  ])('E-88 E-402 has as many voicemails as it was made with, where the step that joins allows %s', (_, attempts) => {
    const ports = ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail']
    const two = planOf({ f: flow({ voicemail: { attempts: 3 } }, ports), g: flow({ voicemail: { attempts } }, ports) }, [], catalog)
    const heard = (nth: number): HandoffNews => ({ outcome: 'attempted', ...mara, how: 'voicemail', attempt: nth, of: 3 })
    const tried = [heard(1), heard(2), heard(3)].map((it, i) => news(START + (1 + 30 * i) * HOUR, it))
    const items = [enrol(START), enrol(START, 'g'), ...tried, news(START + 61 * HOUR, noResponse())]
    const result = runInMemory(two, [{ state: ada, items }], START + 3 * DAY)
    expect(result.journal.filter((it) => it.node === 'h').map((it) => `${it.flow} ${it.port}`)).toEqual([
      ...['f voicemail', 'g voicemail', 'f voicemail', 'g voicemail'],
      ...['f no-response', 'g no-response'],
    ])
    for (const { reason, port } of result.journal) expect(recompute(reason)).toBe(port)
    expect(now(result).handoffs).toEqual([])
  })

  test('E-88 one that sleeps is awake by that', () => {
    const loop = flow({ voicemail: { attempts: 3 } }, ['accepted', 'rejected', 'no-response', 'overflow', 'voicemail'])
    const two = planOf({ f: loop, g: flow() }, [], catalog)
    const items = [enrol(START), news(START + HOUR, voicemail(1)), enrol(START + 2 * HOUR, 'g')]
    const result = runInMemory(two, [{ state: ada, items }], START + 3 * DAY)
    expect(result.turns.flatMap((it) => it.result.resumed)).toEqual([{ key: key(), at: START + 2 * HOUR, attempt: 2 }])
    expect(now(result).enrolments.map((it) => it.vars.here)).toMatchObject([
      { handoff: key(), joined: true },
      { handoff: key(), joined: true },
    ])
  })
})
