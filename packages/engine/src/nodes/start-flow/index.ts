import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { chosen, configBase, onward, plain } from '../base.ts'

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
})
