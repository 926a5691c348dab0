import { z } from 'zod'
import type { EnrolmentEnd } from '../../state/result.ts'

const id = z.string().min(1).max(64)
const node = z.string().min(1).max(400)
const scalar = z.union([z.string().max(4000), z.number(), z.boolean()])
const instant = z.iso.datetime({ offset: true, error: 'is no time. Write it as 2026-03-02T09:00:00Z' })
const props = z.record(z.string().max(200), z.unknown()).default({})
const fieldValue = z.union([scalar, z.array(z.string().max(200)).max(200)])

const record = { of: z.enum(['company', 'opportunity', 'purchase']), id: z.string().min(1).max(255) }
const time = instant

/** Something that happens to the persona, in the form of a line of an events file (docs/flow-format.md) without `contact`. */
export const testEvent = z.union([
  /** They do something; `mail.*` and `sales.*` are the answers of the outside world. */
  z.strictObject({ time, type: z.string().trim().min(1).max(200), props }),
  z.strictObject({ time, fields: z.record(z.string().min(1).max(64), fieldValue.nullable()) }),
  z.strictObject({ time, consent: z.strictObject({ topic: id, given: z.boolean() }) }),
  z.strictObject({ time, list: z.strictObject({ id, on: z.boolean() }) }),
  z.strictObject({ time, related: z.strictObject({ ...record, data: props.nullable() }) }),
  /** They come in by a start of the flow. `by`: somebody's hand where absent. */
  z.strictObject({
    time,
    enrol: z.strictObject({
      node,
      key: z.string().max(200).optional(),
      data: z.record(z.string().min(1).max(100), scalar).optional(),
      by: z.enum(['hand', 'program', 'flow', 'match', 'schedule']).optional(),
    }),
  }),
  /** What a web address answers to the call that waits, of this step where one is named. */
  z.strictObject({
    time,
    webhook: z.union([
      z.strictObject({ node: node.optional(), status: z.int().min(100).max(599), data: z.unknown().optional() }),
      z.strictObject({ node: node.optional(), failed: z.string().min(1).max(500), status: z.int().optional() }),
    ]),
  }),
])
export type TestEvent = z.infer<typeof testEvent>

/**
 * Somebody made up: what is known of them when a test begins. Never a real person. What is absent is as for somebody new, who agreed to
 * marketing mail.
 */
export const persona = z.strictObject({
  /** Chance goes by it: another key may draw another way. */
  key: z.string().min(1).max(254).default('robin@example.com'),
  fields: z.record(z.string().min(1).max(64), fieldValue).default({}),
  /** By topic; who is not named here has not agreed. */
  consent: z.record(id, z.boolean()).default({ marketing: true }),
  suppressed: z.string().min(1).max(64).optional(),
  stage: z.enum(['name', 'lead', 'accepted', 'opportunity', 'customer', 'disqualified', 'lost']).default('name'),
  owner: z.enum(['marketing', 'sales']).default('marketing'),
  /** Lists they are on. */
  lists: z.array(id).max(200).default([]),
  /** Points by dimension, as if given at the beginning. */
  scores: z.record(z.string().min(1).max(40), z.number()).default({}),
  /** What they did before. */
  history: z
    .array(z.strictObject({ time: instant, type: z.string().min(1).max(200), props }))
    .max(1000)
    .default([]),
  /** Mails they got before. */
  mails: z
    .array(z.strictObject({ time: instant, template: id, purpose: z.enum(['marketing', 'transactional']).default('marketing') }))
    .max(1000)
    .default([]),
  related: z
    .array(z.strictObject({ ...record, data: props, time }))
    .max(200)
    .default([]),
  /** Step → the way that chance sends them. */
  drawn: z.record(node, z.string().min(1).max(64)).default({}),
})
export type Persona = z.infer<typeof persona>

const ENDS = [
  'finished',
  'left',
  'reached',
  'removed',
  'restarted',
  'left-segment',
  'exit-rule',
  'flow-stopped',
  'no-way-on',
  'migrated',
  'merged',
  'dropped',
] as const satisfies readonly EnrolmentEnd[]

/** Where somebody is when a test is over. */
export const testEnd = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('over'), ended: z.enum(ENDS), label: z.string().max(200).optional() }),
  z.strictObject({ how: z.literal('rests'), node }),
  /** Stands still with an error. */
  z.strictObject({ how: z.literal('parked'), node }),
  z.strictObject({ how: z.literal('not-in') }),
])
export type TestEnd = z.infer<typeof testEnd>

/** One step of the way: left by the port, the how-manieth time it was entered; 1 where absent. */
export const wayStep = z.strictObject({ node, port: z.string().min(1).max(64).optional(), visit: z.int().min(1).optional() })
export type WayStep = z.infer<typeof wayStep>

/**
 * A flow test (SEMANTICS 11): a persona, what happens to it and when, and the way it is to go. Between `from` and `until` time goes on by
 * itself; mail is accepted and never opened, calls fail and sales never answers unless an event says so.
 */
export const flowTest = z.strictObject({
  id,
  name: z.string().trim().min(1).max(200),
  persona: persona.prefault({}),
  from: instant,
  until: instant,
  events: z.array(testEvent).max(1000).default([]),
  expect: z.array(wayStep).max(1000).default([]),
  /** Not looked at where absent. */
  end: testEnd.optional(),
})
export type FlowTest = z.infer<typeof flowTest>
