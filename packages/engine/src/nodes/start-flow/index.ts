import { z } from 'zod'
import { defineKind, type StepScope } from '../../kind.ts'
import type { PassageData } from '../../state/input.ts'
import { currentValue } from '../../values/placeholder.ts'
import { chosen, configBase, fault, faultAround, onward, plain } from '../base.ts'

export const startFlowConfig = z.object({
  ...configBase(1),
  flowId: z.string().max(64).nullable(),
  /** Which business object the other passage is about: none, the one of this passage, or what stands in a field or is carried. */
  key: z
    .discriminatedUnion('from', [
      z.object({ from: z.literal('none') }),
      z.object({ from: z.literal('same') }),
      z.object({ from: z.literal('contact'), key: z.string().max(64).nullable() }),
      z.object({ from: z.literal('carried'), key: z.string().max(64).nullable() }),
    ])
    .default({ from: 'none' }),
  /** Values carried here that the other passage carries as well. */
  pass: z.array(z.string().min(1).max(64)).max(50).default([]),
})
type StartConfig = z.infer<typeof startFlowConfig>

/** Lets the person into another flow, and goes on here. It does not come back. E-196. */
export const startFlow = defineKind({
  type: 'start-flow',
  category: 'action',
  rests: false,
  version: 1,
  migrations: [],
  config: startFlowConfig,
  defaults: () => ({ v: 1, flowId: null, key: { from: 'none' }, pass: [] }),
  ports: () => [onward],
  references: ({ flowId, key }) => [
    ...(flowId === null ? [] : [{ kind: 'flow' as const, id: flowId }]),
    ...(key.from === 'contact' && key.key !== null ? [{ kind: 'field' as const, id: key.key }] : []),
  ],
  conditions: () => [],
  takes: ({ key, pass }) => [...pass, ...(key.from === 'carried' && key.key !== null ? [key.key] : [])],
  sentence: ({ flowId }, catalog) => [plain('Start '), chosen(flowId, catalog.flows, 'choose a flow')],
  check: ({ flowId, key }, catalog) => {
    const found = catalog.flows.find((it) => it.id === flowId)
    const open = (key.from === 'contact' || key.from === 'carried') && !key.key
    return [
      ...(flowId === null ? [fault('start.flow', 'flowId', 'Choose the flow to start.')] : []),
      ...(found?.startable === false
        ? [
            faultAround(
              'start.flow',
              'flowId',
              `${found.name} lets nobody in from another flow. Add a start “from another flow” there and publish it.`,
            ),
          ]
        : []),
      ...(open ? [fault('start.key', 'key.key', 'Say what tells one passage from another, or choose that there is one only.')] : []),
    ]
  },
  compile: ({ flowId, key, pass }) => ({
    enter: (scope) => {
      const id = flowId ?? ''
      const object = objectKey(key, scope)
      if (object === null) return { do: 'leave', port: onward.id, reason: { code: 'flow.not-started', flowId: id, why: 'no-key' } }
      const data = passed(pass, scope)
      return {
        do: 'leave',
        port: onward.id,
        reason: { code: 'flow.started', flowId: id, key: object, data },
        effects: [{ do: 'start', flowId: id, key: object, data }],
      }
    },
    conditions: [],
  }),
})

/** The key of the other passage; null where what it is made of is missing, or is no text or number that can be one. */
function objectKey(key: StartConfig['key'], scope: StepScope): string | null {
  if (key.from === 'none') return ''
  if (key.from === 'same') return scope.enrolment.key
  const value = currentValue({ from: key.from, key: key.key ?? '' }, scope)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : null
}

function passed(pass: readonly string[], scope: StepScope): PassageData {
  const data = scope.enrolment.vars.data ?? {}
  return Object.fromEntries(Object.entries(data).filter(([key]) => pass.includes(key)))
}
