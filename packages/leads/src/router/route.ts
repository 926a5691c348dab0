import type { Instant } from '../time/instant.ts'
import { type AskCode, type Asked, type Assignment, assign, count, type RoutingReason, type Standing, standing } from './assign.ts'
import { fading } from './rolling.ts'
import type { LeadHistory, LeadOwner, LeadTerritory, RepLoad, Team, TeamLoad } from './team.ts'

/**
 * Who gets a lead: the owner of its open opportunity or account, else a rep of its territory, else whoever's turn it is in the team, else
 * the queue, else overflow. An owner or a territory that is only full is waited for, no longer than the lead may queue; where nobody of
 * them is there it goes on at once. Rules LR-8 to LR-10.
 */
export function route(team: Team, load: TeamLoad, lead: LeadHistory, now: Instant): Assignment {
  const owners = lead.owners ?? []
  if (owners.length === 0 && !lead.territory) return assign(team, load, lead, now)
  if (team.maxAttempts !== null && lead.hadBy.length >= team.maxAttempts) return assign(team, load, lead, now)
  const stand = standing(team, load, lead, now)
  const late = lead.queueUntil !== undefined && now >= lead.queueUntil
  const asked: Asked[] = []
  const given = (code: RoutingReason['code'], repId: string): Assignment => ({
    ...{ kind: 'rep', repId, load: count(stand.caughtUp, repId, now) },
    reason: { code, teamId: team.id, turns: stand.turns, skipped: stand.skipped, asked },
  })
  const waits = (code: RoutingReason['code']): Assignment => ({
    ...{ kind: 'queue', load },
    reason: { code, teamId: team.id, turns: stand.turns, skipped: stand.skipped, asked },
  })

  for (const owner of owners) {
    const code = whyNot(stand, [owner.repId], late)
    asked.push(ofOwner(owner, code))
    if (code === undefined) return given('owner', owner.repId)
    if (code === 'full') return waits('waiting-for-owner')
  }
  if (lead.territory) {
    const { repIds } = lead.territory
    const code = whyNot(stand, repIds, late)
    asked.push(ofTerritory(lead.territory, code))
    const first = stand.turns.find((turn) => repIds.includes(turn.repId))
    if (code === undefined && first) return given('territory', first.repId)
    if (code === 'full') return waits('waiting-for-territory')
  }
  const rest = assign(team, load, lead, now)
  return { ...rest, reason: { ...rest.reason, asked } }
}

const ofOwner = (owner: LeadOwner, code: AskCode | undefined): Asked => ({
  route: 'owner',
  ...owner,
  ...(code === undefined ? {} : { code }),
})
const ofTerritory = (territory: LeadTerritory, code: AskCode | undefined): Asked => ({
  route: 'territory',
  ...territory,
  ...(code === undefined ? {} : { code }),
})

/** Why none of these reps can be given it now; undefined where one can. */
function whyNot({ turns, skipped }: Standing, repIds: readonly string[], late: boolean): AskCode | undefined {
  if (turns.some((turn) => repIds.includes(turn.repId))) return undefined
  const codes = skipped.filter((skip) => repIds.includes(skip.repId)).map((skip) => skip.code)
  if (codes.includes('at-cap')) return late ? 'full-too-long' : 'full'
  const [first] = codes
  if (first === undefined || first === 'at-cap') return 'no-member'
  return codes.every((code) => code === first) ? first : 'nobody-there'
}

/**
 * A lead was taken back from a rep who did not answer: it counts no more, and the turn it took stays used. Without that, silence would
 * be rewarded with the next lead. Rule LR-11.
 * @param load the rep's, as kept; undefined: none yet
 */
export function lapsed(load: RepLoad | undefined, givenAt: Instant, now: Instant, window: number): RepLoad {
  const had = load ?? { open: 0, count: 0, credit: 0, creditAt: null, present: true, lastAt: null }
  const kept = had.creditAt === null ? 0 : had.credit * fading(had.creditAt, now, window)
  return { ...had, credit: kept + fading(givenAt, now, window), creditAt: now }
}
