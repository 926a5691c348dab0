import { defineRun } from '../../kind.ts'
import { PLAIN_CONTRACT } from '../../state/contract.ts'
import { fault, faultAround } from '../base.ts'
import { answer, handToSales } from './index.ts'

/** What its settings must be, and what it does. */
export const handToSalesRun = defineRun(handToSales, {
  check: ({ teamId, why }, catalog) => {
    const team = catalog.teams.find((it) => it.id === teamId)
    return [
      ...(teamId === null ? [fault('hand-off.team', 'teamId', 'Choose the sales team that gets these leads.')] : []),
      ...(why.trim() === '' ? [fault('hand-off.why', 'why', 'Tell the rep why: one line on what makes this lead ready.')] : []),
      ...(team?.members === 0
        ? [faultAround('hand-off.members', 'teamId', `Nobody is in ${team.name}. Add members, or choose another team.`)]
        : []),
    ]
  },
  compile: ({ teamId, why, note, fields }) => ({
    enter: (scope) => ({
      do: 'stay',
      due: null,
      here: { handoff: scope.effectKey(0) },
      effects: [{ do: 'hand-off', teamId: teamId ?? '', why, fields, note: note === '' ? null : note, contract: PLAIN_CONTRACT }],
    }),
    wake: answer,
    asks: { of: 'lead', teamId: teamId ?? '' },
    conditions: [],
  }),
})
