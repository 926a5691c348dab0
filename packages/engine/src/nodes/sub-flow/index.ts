import { defineKind, type Port } from '../../kind.ts'
import { chosen, onward, plain, strong } from '../base.ts'
import { type SubFlowConfig, subFlowConfig } from './schema.ts'

/** The way from the call to the first step inside. Only published graphs have it. */
export const inside: Port = { id: 'in', label: 'Inside', tone: 'neutral' }

const nameOf = ({ ways }: SubFlowConfig, left: string) => ways.find((it) => it.id === left)?.label ?? left

/** Goes through the steps of another flow and comes back by the exit that was taken. Its steps are put in place at publish. */
export const subFlow = defineKind({
  type: 'sub-flow',
  category: 'logic',
  rests: true,
  // Once its steps are in place, they say themselves where people rest.
  restsAs: ({ inlined }) => inlined !== true,
  version: 1,
  migrations: [],
  config: subFlowConfig,
  defaults: () => ({ v: 1, flowId: null, version: null, start: null, ways: [] }),
  ports: ({ ways, inlined, left }) => {
    if (inlined === true) return [left === undefined ? inside : onward]
    return ways.map(({ id, label }, i): Port => ({ id, label: label.trim() || `Way ${i + 1}`, tone: 'neutral' }))
  },
  references: ({ flowId }) => (flowId === null ? [] : [{ kind: 'flow', id: flowId }]),
  conditions: () => [],
  // What the steps inside carry shows once they are in place.
  carries: ({ inlined }) => (inlined === true ? [] : 'any'),
  sentence: (config, catalog) => {
    const { flowId, left } = config
    if (left !== undefined) return [plain('Come back by '), strong(nameOf(config, left))]
    return [plain('Go through '), chosen(flowId, catalog.flows, 'choose a flow')]
  },
  contains: ({ flowId, version, start, ways, inlined, left }) =>
    left === undefined
      ? { flowId, version, start, ways: ways.map((it) => it.id), inside: inside.id, onward: onward.id, inlined: inlined === true }
      : null,
})
