import type { z } from 'zod'
import { defineRun, type StepScope } from '../../kind.ts'
import type { PassageData } from '../../state/input.ts'
import { currentValue } from '../../values/fill.ts'
import { fault, faultAround, onward } from '../base.ts'
import { startFlow, type startFlowConfig } from './index.ts'

type StartConfig = z.infer<typeof startFlowConfig>

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

/** What its settings must be, and what it does. */
export const startFlowRun = defineRun(startFlow, {
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
