import type { Handle } from '@baton/db'
import type { LeadWorld } from './world.ts'

interface Line {
  lead: number
  kind: string
  repId: string | null
}

/** Answers that were taken, by lead: who gave it. */
export type Taken = ReadonlyMap<number, string>

const OVER = new Set(['accepted', 'rejected', 'clawed-back', 'given-back', 'handed-on'])

/**
 * Goes through the logs of all leads in the order in which they were written: nobody ever has more open leads than they may, no lead is
 * with two reps, or twice with one, and whoever answers has it.
 */
export function replay(lines: readonly Line[], { reps }: LeadWorld, taken: Taken): string[] {
  const wrong: string[] = []
  const cap = new Map(reps.map((rep) => [rep.id, rep.cap]))
  const open = new Map<string, number>()
  const holder = new Map<number, string>()
  const had = new Map<number, Set<string>>()
  const answered = new Map<number, string>()
  for (const { lead, kind, repId } of lines) {
    const has = holder.get(lead)
    if (kind === 'assigned') {
      if (has !== undefined) wrong.push(`Lead ${lead} was given to ${repId} while ${has} had it`)
      if (repId === null) continue
      if (had.get(lead)?.has(repId)) wrong.push(`Lead ${lead} was given to ${repId} twice`)
      had.set(lead, (had.get(lead) ?? new Set()).add(repId))
      holder.set(lead, repId)
      const n = (open.get(repId) ?? 0) + 1
      open.set(repId, n)
      if (n > (cap.get(repId) ?? 0)) wrong.push(`${repId} had ${n} open leads and may have ${cap.get(repId)}`)
    } else if (OVER.has(kind)) {
      if (has === undefined) wrong.push(`Lead ${lead} was ${kind} while nobody had it`)
      else open.set(has, (open.get(has) ?? 0) - 1)
      holder.delete(lead)
      if (kind === 'accepted' || kind === 'rejected') {
        if (answered.has(lead)) wrong.push(`Lead ${lead} was answered twice`)
        if (repId !== has) wrong.push(`Lead ${lead} was ${kind} by ${repId} while ${has} had it`)
        answered.set(lead, repId ?? '')
      }
    }
  }
  for (const [lead, repId] of taken) {
    if (answered.get(lead) !== repId) wrong.push(`The answer of ${repId} to lead ${lead} was taken, and the log says ${answered.get(lead)}`)
  }
  for (const lead of answered.keys()) if (!taken.has(lead)) wrong.push(`Lead ${lead} was answered, and nobody was told that it was`)
  return wrong
}

/** What must hold at every moment, in one look: who has how many, and that no lead is without an owner or a queue. */
export async function standing(handle: Handle, { reps, teamId }: LeadWorld): Promise<string[]> {
  const wrong: string[] = []
  const open = await handle.query<{ id: string; n: number }>(
    `select rep_id as id, count(*) as n from handoff where team_id = $1 and state = 'assigned' group by 1`,
    [teamId],
  )
  for (const { id, n } of open) {
    const cap = reps.find((rep) => rep.id === id)?.cap ?? 0
    if (n > cap) wrong.push(`${id} has ${n} open leads and may have ${cap}`)
  }
  const lost = await handle.query<{ id: number; state: string }>(
    `select h.id, h.state from handoff h where h.team_id = $1 and (
       (h.state in ('assigned', 'accepted', 'sleeping') and h.rep_id is null)
       or (h.state in ('routing', 'queued') and h.rep_id is not null)
       or (h.state = 'queued' and not h.manager_queue and not exists (select 1 from team_queue q where q.handoff_id = h.id))
       or (h.state = 'assigned' and h.next_look is null))`,
    [teamId],
  )
  for (const { id, state } of lost) wrong.push(`Lead ${id} is ${state} without an owner, a queue or a look to come`)
  return wrong
}

/** How it all ended. */
export async function ended(handle: Handle, world: LeadWorld, { people, taken }: { people: number; taken: Taken }): Promise<string[]> {
  const lines = await handle.query<Line>(
    `select l.handoff_id as lead, l.kind, l.data ->> 'repId' as "repId" from handoff_log l join handoff h on h.bucket = l.bucket and h.id = l.handoff_id
     where h.team_id = $1 order by l.id`,
    [world.teamId],
  )
  const wrong = [...replay(lines, world, taken), ...(await standing(handle, world))]
  const [leads] = await handle.query<{ n: number; contacts: number }>(
    'select count(*) as n, count(distinct contact_id) as contacts from handoff where team_id = $1',
    [world.teamId],
  )
  if (leads?.n !== people || leads.contacts !== people)
    wrong.push(`${people} asked, and there are ${leads?.n} leads of ${leads?.contacts} people`)
  const states = await handle.query<{ state: string; known: string; manager: boolean; live: boolean; n: number }>(
    `select h.state, h.known_state as known, h.manager_queue as manager, e.gen = 0 as live, count(*) as n from handoff h
     join enrolment e on e.bucket = h.bucket and e.contact_id = h.contact_id and e.flow_id = 'flw_lead' where h.team_id = $1 group by 1, 2, 3, 4`,
    [world.teamId],
  )
  for (const { state, known, manager, live, n } of states) {
    const waits = state === 'queued' && manager && world.afterBreach === 'manager'
    const good = waits
      ? live && known !== 'closed'
      : (state === 'accepted' && known === 'accepted' && !live) ||
        ((state === 'rejected' || (state === 'no-response' && world.afterBreach === 'no-response')) && known === 'closed' && !live)
    if (!good) wrong.push(`${n} leads ended as ${state} (their people know ${known}), ${live ? 'and still wait' : 'and go on'}`)
  }
  const [left] = await handle.query<{ inbox: number; dead: number; queue: number }>(
    'select (select count(*) from inbox) as inbox, (select count(*) from dead) as dead, (select count(*) from team_queue) as queue',
  )
  for (const [what, n] of Object.entries(left ?? {})) if (n > 0) wrong.push(`${n} rows are left in ${what}`)
  const twice = await handle.query<{ key: string }>('select key from effect group by 1 having count(*) > 1')
  for (const { key } of twice) wrong.push(`${key} was told twice`)
  return wrong
}
