import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { currentCatalog, publish, type SampleProgramme, type SampleStatus } from '@baton/api'
import { createIds, flowById, type Handle } from '@baton/db'
import { DAY, HOUR, hash01 } from '@baton/leads'
import { createDelivery, createTemplates } from '../deliver/index.ts'
import type { Logger } from '../log.ts'
import { createPlans, createRunner } from '../runner/index.ts'
import { pastOf } from './behaviour.ts'
import { type SamplePerson, samplePeople, WEEKS } from './people.ts'
import { leaveForReview } from './review.ts'
import { bringIntoCompanies, bringPeopleIn, settle } from './settle.ts'
import { newPlans, tick, type World } from './world.ts'

/** How long the programme has been at work when somebody opens it. */
const DAYS = 42
const PEOPLE = 420
/** The clock goes from hour to hour. */
const TICK = HOUR
const SEED = 'sample'
const WEBINARS = [
  { share: 0.22, name: 'Close the books in two days' },
  { share: 0.62, name: 'Accruals without tears' },
  { share: 0.94, name: 'The first close after a merger' },
] as const

export interface SampleParts {
  db: Handle
  log: Logger
  baseUrl: string
  /** Real time, ms: the programme ends now. */
  now(): number
  /** How many people, and for how many days; less is quicker. */
  people?: number | undefined
  days?: number | undefined
  /** Stops turns and delivery of this process; gives back how to start them again. */
  hush(): Promise<() => Promise<void>>
}

/**
 * Fills an empty workspace by the product itself: the importer brings people in, events come in by the tracking door, the runner takes
 * every step and mail is kept in the Outbox, while a clock runs ahead from six weeks ago to now.
 */
export function createSample(parts: SampleParts): SampleProgramme & { over(): Promise<void> } {
  let status: SampleStatus = { state: 'idle', stage: '', done: 0, total: 0 }
  let cancelled = false
  let under: Promise<void> = Promise.resolve()

  const load = async (by: { id: string; name: string }) => {
    let goOn = async () => {}
    const dir = await mkdtemp(join(tmpdir(), 'baton-sample-'))
    try {
      goOn = await parts.hush()
      await run(parts, {
        by,
        dir,
        cancelled: () => cancelled,
        at: (stage, done, total) => (status = { state: 'running', stage, done, total }),
      })
      status = { ...status, state: 'done' }
    } catch (error) {
      const say = error instanceof Error ? error.message : String(error)
      parts.log.error({ err: error }, 'the sample programme could not be loaded')
      status = { ...status, state: 'failed', error: say }
    } finally {
      await rm(dir, { recursive: true, force: true })
      await goOn()
    }
  }

  return {
    async start({ id, name }) {
      if (status.state === 'running') return
      cancelled = false
      status = { state: 'running', stage: 'Making the workspace', done: 0, total: parts.days ?? DAYS }
      under = load({ id: id ?? 'sample', name })
    },
    status: () => status,
    async cancel() {
      cancelled = true
      await under
    },
    over: () => under,
  }
}

interface Run {
  by: { id: string; name: string }
  dir: string
  cancelled(): boolean
  at(stage: string, done: number, total: number): void
}

async function run(
  { db, log, baseUrl, now, people: count = PEOPLE, days = DAYS }: SampleParts,
  { by, dir, cancelled, at }: Run,
): Promise<void> {
  const end = now()
  const start = Math.floor((end - days * DAY) / TICK) * TICK
  const time = { now: start }
  const clock = { now: () => time.now }
  const ids = createIds(db)
  const { flows, staff } = await settle(db, by, start)
  const people = samplePeople(count, SEED, end)
  at('Importing people', 0, days)
  const bringIn = (week: number) =>
    bringPeopleIn(
      { db, ids, dir, now: time.now, by },
      people.filter((it) => it.week === week),
    )
  await bringIn(0)
  const runner = createRunner({ handle: db, clock, plans: createPlans({ handle: db, log }), log, owner: 'sample' })
  const delivery = createDelivery({
    ...{ handle: db, clock, log, owner: 'sample', templates: createTemplates(), baseUrl },
    transport: null,
    nudge: () => {},
  })
  const world: World = {
    db,
    ids,
    time,
    runner,
    delivery,
    people: new Map(people.map((it) => [it.email, it])),
    plans: newPlans(),
    seen: start,
  }
  planLives(world, { start, days })
  try {
    await tick(world)
    await goLive(db, flows, by, start)
    let week = 1
    while (!cancelled()) {
      while (week <= WEEKS && time.now >= comeIn(week, { start, days })) await bringIn(week++)
      const next = await tick(world)
      at('Letting the weeks pass', Math.floor((time.now - start) / DAY), days)
      if (time.now >= end) break
      // Hours in which nothing is due are skipped.
      const soonest = Math.min(next, week <= WEEKS ? comeIn(week, { start, days }) : end)
      time.now = Math.min(end, Math.max(time.now + TICK, Math.ceil(soonest / TICK) * TICK))
    }
    // Last, since every turn reads people's companies once there are any, and the weeks would pass more slowly.
    await bringIntoCompanies(db, people, { at: time.now, since: (week) => Math.min(time.now, comeIn(week, { start, days })) })
    await runner.drainUntilIdle()
    await leaveForReview(db, { by, staff }, time.now)
  } finally {
    await runner.stop()
    await delivery.stop()
  }
}

/** When those of a week come in. */
const comeIn = (week: number, { start, days }: { start: number; days: number }): number =>
  week === 0 ? start : start + ((week - 0.4) / WEEKS) * days * DAY

/** What people do by themselves: visits before and meanwhile, webinars, projects in the trial. */
function planLives({ plans, people }: World, { start, days }: { start: number; days: number }): void {
  const end = start + days * DAY
  const put = (at: number, person: SamplePerson, event: string, props: Record<string, string | number>) => {
    // Who is not known yet does nothing that is known of.
    if (at <= end && (person.week === 0 || at > comeIn(person.week, { start, days }) + HOUR))
      plans.put(at, { kind: 'event', email: person.email, event, props })
  }
  for (const person of people.values()) {
    const chance = (salt: string) => hash01([person.email, salt])
    for (const { before, event, props } of pastOf(person)) put(start - before, person, event, props)
    for (let day = 1; day < days; day++) {
      if (chance(`visit ${day}`) > 0.06 * person.keen) continue
      put(start + (day + 0.3 + 0.4 * chance(`hour ${day}`)) * DAY, person, 'page.viewed', { name: 'Customers', path: '/customers' })
    }
    for (const { share, name } of WEBINARS) {
      if (chance(name) > 0.12 + 0.5 * person.keen) continue
      const minutes = Math.round(4 + 48 * chance(`${name} minutes`))
      put(start + (Math.floor(share * days) + 0.6) * DAY, person, 'webinar.attended', { webinar: name, minutes })
    }
    if (person.trial === null) continue
    const began = Math.max(start + person.trial * days * DAY, comeIn(person.week, { start, days }) + 2 * HOUR)
    if (began <= end) plans.put(began, { kind: 'trait', email: person.email, traits: { plan: 'trial' } })
    if (chance('project') < 0.2 + 0.7 * person.keen)
      put(began + (0.2 + 3 * chance('project when')) * DAY, person, 'project.created', { name: 'First project' })
  }
}

async function goLive(db: Handle, flows: readonly string[], user: { id: string; name: string }, now: number): Promise<void> {
  const catalog = await currentCatalog(db)
  for (const id of flows) {
    const flow = await flowById(db, id)
    if (!flow) throw new Error(`The flow ${id} was not stored.`)
    await db.transaction((tx) => publish(tx, { id, rev: flow.draftRev, enrolMatching: true }, catalog, { user, now }))
  }
}
