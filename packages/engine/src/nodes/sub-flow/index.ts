import { type CompiledNode, defineKind, type Port } from '../../kind.ts'
import { chosen, fault, onward, plain, strong } from '../base.ts'
import { type SubFlowConfig, subFlowConfig } from './schema.ts'

/** The way from the call to the first step inside. Only published graphs have it. */
const inside: Port = { id: 'in', label: 'Inside', tone: 'neutral' }

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
  check: ({ flowId, version, start, ways, inlined }, catalog) => {
    if (inlined === true) return []
    if (flowId === null) return [fault('sub-flow.flow', 'flowId', 'Choose the flow whose steps people go through here.')]
    const name = catalog.flows.find((it) => it.id === flowId)?.name ?? 'This flow'
    if (version === null) return [fault('sub-flow.version', 'version', `${name} has no version here. Publish it, then choose it again.`)]
    if (start === null) return [fault('sub-flow.start', 'start', `Choose where people begin in ${name}.`)]
    const ids = ways.map((it) => it.id)
    if (ids.length === 0)
      return [fault('sub-flow.ways', 'ways', `Nobody comes out of ${name}. Give it an exit, publish it, and choose it again.`)]
    if (new Set(ids).size < ids.length) return [fault('sub-flow.ways', 'ways', 'Two ways out share one name. Choose the flow again.')]
    return []
  },
  contains: ({ flowId, version, start, ways, inlined, left }) =>
    left === undefined
      ? { flowId, version, start, ways: ways.map((it) => it.id), inside: inside.id, onward: onward.id, inlined: inlined === true }
      : null,
  compile: (config): CompiledNode => ({
    enter: () => {
      const { flowId, version, inlined, left } = config
      if (inlined !== true) throw new Error('The steps of the flow inside are missing. Publish this flow again.')
      const of = { flowId: flowId ?? '', version: version ?? 0 }
      if (left === undefined) return { do: 'leave', port: inside.id, reason: { code: 'sub-flow.entered', ...of } }
      return { do: 'leave', port: onward.id, reason: { code: 'sub-flow.left', ...of, exit: left } }
    },
    conditions: [],
  }),
})
