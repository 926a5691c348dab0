import type { Ids } from '../ids.ts'
import type { Handle, Sql } from '../open/handle.ts'
import { DEEDS, OWN_DEED } from './activity.ts'
import { changeHandoff, LEFT } from './handoff-change.ts'
import { BATON } from './handoff-log.ts'
import { managersOf, tellOfLeads } from './lead-notes.ts'

const DAY = 86_400_000
const MOST = 200

interface QuietDeal {
  id: number
  rev: number
  teamId: string
  repId: string
  repName: string | null
  since: number
  days: number
}

/**
 * Opportunities on which nothing happened for as many days as their team allows, the quietest first. What counts is what the team says: what
 * anybody did, or sales alone, so that a rep who does nothing is not covered by a person who reads on.
 */
export function quietDeals(sql: Sql, now: number, limit = MOST): Promise<QuietDeal[]> {
  return sql.query(
    `select id, rev, "teamId", "repId", "repName", since, days from (
       select h.id, h.rev, h.team_id as "teamId", h.rep_id as "repId", u.name as "repName", t.quiet_days as days,
              greatest(h.accepted_at, h.assigned_at,
                (select max(l.at) from handoff_log l where l.bucket = h.bucket and l.handoff_id = h.id and l.kind in ${DEEDS}),
                (select max(e.at) from event e where t.quiet_by = 'anybody' and e.bucket = h.bucket and e.contact_id = h.contact_id and ${OWN_DEED})) as since
       from handoff h join team t on t.id = h.team_id left join "user" u on u.id = h.rep_id
       where h.state = 'accepted' and h.opportunity_id is not null and h.rep_id is not null and t.quiet_days is not null) q
     where since < $1::bigint - days::bigint * ${DAY} order by since, id limit $2`,
    [now, limit],
  )
}

/** Takes quiet opportunities back and gives them to the router: to somebody who has not had them. @returns how many */
export async function clawBackQuiet(handle: Handle, ids: Ids, now: number): Promise<number> {
  let taken = 0
  for (const deal of await quietDeals(handle, now)) {
    const { id, rev, teamId, repId, since, days } = deal
    const who = { repId, repName: deal.repName ?? repId }
    const done = await handle.transaction(async (tx) => {
      const changed = await changeHandoff(tx, {
        ...{ id, rev, from: ['accepted'], at: now, set: { ...LEFT, breachedAt: null, state: 'routing' } },
        log: [
          { kind: 'quiet', by: BATON, data: { ...who, since, days } },
          { kind: 'clawed-back', by: BATON, data: { ...who, next: 'again' } },
        ],
        news: { outcome: 'given-back', ...who, note: `Nothing happened for ${days} days` },
      })
      // Somebody was just busy with it.
      if ('refused' in changed) return false
      const readers = [...new Set([repId, ...(await managersOf(tx, teamId))])]
      const note = { handoffId: id, what: 'quiet' as const, nth: rev, at: now, mail: true }
      await tellOfLeads(tx, ids, { notes: readers.map((to) => ({ ...note, to })) })
      return true
    })
    if (done) taken++
  }
  return taken
}
