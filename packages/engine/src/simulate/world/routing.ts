import { unionReads } from '../../compile/reads.ts'
import type { Plan } from '../../plan.ts'
import type { SalesTeam } from './team.ts'

/** Records by which the router finds whose a lead is. */
const OWNED = ['opportunity', 'company'] as const

/** A plan that reads of people what the router asks of them too: the conditions of territories, and records with an owner. S-45. */
export function withRouting(plan: Plan, teams: readonly SalesTeam[]): Plan {
  const handsOver = [...plan.flows.values()].some(({ entry, versions }) =>
    [...versions.values(), ...(entry ? [entry] : [])].some((it) => [...it.nodes.values()].some((node) => node.asks?.of === 'lead')),
  )
  if (!handsOver) return plan
  const reads = unionReads([plan.reads, ...teams.flatMap((it) => it.territories ?? []).map((it) => it.fits.reads)])
  return { ...plan, reads: { ...reads, related: new Set([...reads.related, ...OWNED]) } }
}
