import { setTimeout as pause } from 'node:timers/promises'
import { answerHandoff, type Failpoint, type Handle, openDatabase, sqlState } from '@baton/db'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { type Agent, dismiss, openAgent, restAgent, until } from '../faults/troupe.ts'
import { ended, standing } from '../leads/check.ts'
import { askAtOnce, BEGIN, LEVEL, MINUTE, makeLeadWorld, type SalesRep } from '../leads/world.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const TIMINGS = { leaseMs: 2_000, claimMs: 2_500, patience: { idle: 2_000, answer: 20_000 } }
const WORKERS = 3
const PEOPLE = 1_000
/** In a test a few suffice. */
export const FEW = 120
const POINTS: readonly Failpoint[] = [
  'router.before-queue',
  'router.before-assign',
  'router.after-assign',
  'levels.before-look',
  'levels.after-look',
]
const KILLS = 4
const ENDS = ['accept won', 'claw-back won', 'two answered at once'] as const
/** Times that the clock goes on, at most. */
const TICKS = 400
const DAY = 24 * 60 * MINUTE

const ground = once(openBed, async (bed) => {
  await dismiss()
  await bed.close()
})

interface Open {
  id: number
  rev: number
  repId: string
  deadline: number
}

const openLeads = (handle: Handle, teamId: string) =>
  handle.query<Open>(
    `select id, rev, rep_id as "repId", deadline from handoff where team_id = $1 and state = 'assigned' and rep_id is not null order by id`,
    [teamId],
  )

/** So many reps press at the same moment: as many as there are connections for, so that none has to wait for another. */
const AT_ONCE = 6

/** Does something with each, several at a time. */
async function several<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = []
  for (let i = 0; i < all.length; i += AT_ONCE) done.push(...(await Promise.all(all.slice(i, i + AT_ONCE).map(work))))
  return done
}

/** From nine to five on weekdays, so that nobody waits for a night. */
function later(at: number, by: number): number {
  const to = new Date(at + by)
  if (to.getUTCHours() < 17 && to.getUTCHours() >= 9) return at + by
  const next = Math.floor((at + by) / DAY) * DAY + (to.getUTCHours() >= 17 ? DAY : 0) + 9 * 60 * MINUTE
  return [0, 6].includes(new Date(next).getUTCDay()) ? later(next + DAY, 0) : next
}

/** A thousand people ask at once; several processes give their leads to reps who answer, stay silent, or answer at the very moment at which a lead is taken back; processes are killed at every point. */
export function routingOf(people: number): Soak {
  return {
    all: [...POINTS, ...ENDS],
    close: ground.close,
    async round(seed) {
      const bed = await ground()
      const random = dice(seed)
      const place = await bed.place('pg')
      if (!('url' in place.where)) throw new Error('This soak plays on PostgreSQL')
      const handle = await openDatabase({ ...place.where, max: 8 })
      const seen = new Set<string>()
      const wrong: string[] = []
      const taken = new Map<number, string>()
      const agents: Agent[] = []
      let at = BEGIN
      let opened = 0
      let refused = 0

      const armed = (i: number) => (i < KILLS ? POINTS[(seed + i) % POINTS.length] : undefined)
      /** Who was killed is followed by another. */
      async function fill(): Promise<void> {
        for (const agent of [...agents]) if (!agent.alive()) agents.splice(agents.indexOf(agent), 1)
        while (agents.length < WORKERS) {
          const agent = await openAgent({ config: place.config(), timings: TIMINGS, at })
          const point = armed(opened++)
          void agent.gone.then(({ signal }) => {
            if (signal === 'SIGKILL' && point) seen.add(point)
          })
          agents.push(agent)
          if (point) await agent.ask({ do: 'arm', failpoints: `${point}:${1 + Math.floor(random() * 4)}` }).catch(() => {})
        }
      }
      async function set(to: number): Promise<void> {
        at = to
        for (const agent of agents) await agent.ask({ do: 'clock', at }).catch(() => {})
      }
      /** Until nothing is to be done at this moment; whoever is killed meanwhile is replaced. */
      const settled = () =>
        until(
          'the leads of this moment are settled',
          async () => {
            await fill()
            for (const agent of agents) await agent.ask({ do: 'clock', at }).catch(() => {})
            wrong.push(...(await standing(handle, world)))
            const [row] = await handle.query<{ n: number }>(
              `select (select count(*) from inbox) + (select count(*) from handoff where state = 'routing' or (next_look <= $1 and rep_id is not null)) as n`,
              [at],
            )
            if (row?.n !== 0 || wrong.length > 0) return wrong.length > 0
            // Those who wait do so because nobody has room: the router has looked once more since.
            const [free] = await handle.query<{ n: number }>(
              `with free as (select m.user_id from team_member m where m.team_id = $1 and m.cap >
                 (select count(*) from handoff o where o.team_id = m.team_id and o.rep_id = m.user_id and o.state = 'assigned'))
               select count(*) as n from handoff h where h.team_id = $1 and h.state = 'queued' and not h.manager_queue
                 and exists (select 1 from free where not h.had_by ? user_id)`,
              [world.teamId],
            )
            return free?.n === 0
          },
          120_000,
        )
      /** A rep answers what was on the screen. @returns whether it was taken */
      async function answer({ id, rev, repId }: Open, rep: SalesRep, reject: boolean): Promise<boolean> {
        const result = await handle
          .transaction((tx) =>
            answerHandoff(tx, {
              ...{ id, rev, rep, asManager: false, at },
              answer: reject ? { kind: 'reject', reason: 'No need', note: null } : { kind: 'accept' },
            }),
          )
          .catch((error: unknown) => {
            // Two who wait for each other: the database ends one, and the rep tries again.
            if (sqlState(error) === '40P01') return { refused: 'again' as const }
            throw error
          })
        if ('contactId' in result) {
          if (taken.has(id)) wrong.push(`Two answers to lead ${id} were taken`)
          taken.set(id, repId)
          return true
        }
        refused++
        if (result.refused !== 'again' && !result.last) wrong.push(`The answer to lead ${id} was refused without a word`)
        return false
      }

      const world = await makeLeadWorld(handle, random)
      const repOf = (id: string) => world.reps.find((rep) => rep.id === id) ?? { id, name: id, cap: 0 }
      try {
        await fill()
        await askAtOnce(handle, people)
        let ticks = 0
        for (; ticks < TICKS && wrong.length === 0; ticks++) {
          await settled()
          const open = await openLeads(handle, world.teamId)
          if (open.length === 0) break
          // Most are answered in peace, some by two tabs at the same moment.
          for (const lead of open.filter(() => random() < 0.45)) {
            const rep = repOf(lead.repId)
            const reject = random() < 0.3
            if (random() < 0.1) {
              const won = await Promise.all([answer(lead, rep, reject), answer(lead, rep, !reject)])
              if (won.filter(Boolean).length !== 1) wrong.push(`Of two answers to lead ${lead.id} ${won.filter(Boolean).length} were taken`)
              seen.add('two answered at once')
            } else await answer(lead, rep, reject)
          }
          // The others let the time run out, and some of them answer at that very moment.
          const silent = (await openLeads(handle, world.teamId)).filter((lead) => !taken.has(lead.id))
          const first = Math.min(...silent.map((lead) => lead.deadline))
          await set(random() < 0.5 && Number.isFinite(first) ? Math.max(at, first) : later(at, Math.floor(random() * LEVEL) * MINUTE))
          const late = silent.filter((lead) => lead.deadline <= at && random() < 0.5)
          await pause(random() * 250)
          const races = await several(late, (lead) => answer(lead, repOf(lead.repId), false))
          if (races.includes(true)) seen.add('accept won')
          if (races.includes(false)) seen.add('claw-back won')
        }
        if (ticks === TICKS) wrong.push(`Leads are still open after the clock went on ${TICKS} times`)
        if (wrong.length === 0) wrong.push(...(await ended(handle, world, { people, taken })))
        return { wrong: [...new Set(wrong)], counts: { ticks, answers: taken.size, refused, opened }, seen: [...seen] }
      } finally {
        for (const agent of agents) {
          if (agent.alive()) await restAgent(agent)
        }
        await handle.close()
        await place.remove()
      }
    },
  }
}

export const routing = routingOf(PEOPLE)
