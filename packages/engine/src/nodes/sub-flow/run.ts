import { type CompiledNode, defineRun } from '../../kind.ts'
import { fault, onward } from '../base.ts'
import { inside, subFlow } from './index.ts'

/** What its settings must be, and what it does. */
export const subFlowRun = defineRun(subFlow, {
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
