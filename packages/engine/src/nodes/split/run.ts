import { hash01 } from '@baton/leads'
import { defineRun } from '../../kind.ts'
import { checkSplit } from './check.ts'
import { drawWay } from './draw.ts'
import { split } from './index.ts'

/** What its settings must be, and what it does. */
export const splitRun = defineRun(split, {
  check: checkSplit,
  compile: ({ ways }, { nodeId, flowId }) => {
    const shares = ways.map(({ id, weight }) => ({ id, weight: weight ?? 0 }))
    return {
      enter: (scope) => {
        const kept = scope.drawn()
        if (kept !== undefined && shares.some((it) => it.id === kept)) {
          return { do: 'leave', port: kept, reason: { code: 'split.kept', way: kept } }
        }
        // Neither entry nor visit nor seed: the same person falls on the same place of the scale however often they come.
        const dice = hash01([scope.state.person.key, flowId, nodeId])
        const way = drawWay(shares, dice)
        if (way === null) throw new Error('No way of this split has a share. Give the shares anew and publish the flow again.')
        return {
          do: 'leave',
          port: way,
          reason: { code: 'split.drawn', way, dice, ways: shares, before: kept ?? null },
          effects: [{ do: 'draw', way }],
        }
      },
      draws: true,
      conditions: [],
    }
  },
})
