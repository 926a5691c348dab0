import {
  beginSimulation,
  endSimulation,
  type FlowRow,
  flowById,
  type Handle,
  noteSimulation,
  runningSimulation,
  type SimulationRow,
} from '@baton/db'
import { type Backtest, type FlowForecast, planHash } from '@baton/engine'
import type { z } from 'zod'
import type { Clock } from '../context.ts'
import { fail } from '../errors.ts'
import { basisOf } from '../forecast/basis.ts'
import { type Made, playForecast, playPast, type Watch } from '../forecast/run.ts'
import { type backtestAsk, type forecastAsk, forecastOf, pastOf, type StoredSetting, settled, storedSetting } from './setting.ts'
import { usualAsk } from './usual.ts'

const DAY = 86_400_000
/** A process that makes one says so this often; silent for thrice as long, it is gone. Wall clock. */
const BEAT = 2_000
const SILENT = 3 * BEAT + 4_000

/** A simulation that runs, or was left by a process that is gone. */
export const isLeft = ({ status, ownedUntil }: Pick<SimulationRow, 'status' | 'ownedUntil'>): boolean =>
  status === 'running' && (ownedUntil ?? 0) < Date.now()

/** Makes what a stored setting says, of the draft as it is, with people as they were at that instant. */
export function play(
  db: Handle,
  flow: FlowRow,
  setting: StoredSetting,
  until: number,
  watch?: Watch,
): Promise<Made<FlowForecast | Backtest> | undefined> {
  return setting.kind === 'forecast'
    ? playForecast(db, flow, forecastOf(setting), until, watch)
    : playPast(db, flow, pastOf(setting), until, watch)
}

interface Asked {
  flowId: string
  rev: number
  ask: z.infer<typeof forecastAsk> | z.infer<typeof backtestAsk>
}

interface By {
  id: string
  name: string
}

/** Puts down that one is made. @throws CONFLICT while another one of this flow is */
async function prepared({ db, clock }: { db: Handle; clock: Clock }, { flowId, rev, ask }: Asked, by: By) {
  const flow = await flowById(db, flowId)
  if (!flow) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  if (flow.draftRev !== rev) throw fail('CONFLICT', 'The draft was changed meanwhile. Look at it again, then simulate it.')
  const now = clock.now()
  if (ask.kind === 'backtest' && ask.from + ask.days * DAY > now)
    throw fail('BAD_REQUEST', 'A back-test ends in the past. Choose an earlier window.')
  const other = await runningSimulation(db, flowId)
  if (other && !isLeft(other)) throw fail('CONFLICT', `${other.byName} has one made of this flow now. Wait until it is done, or stop it.`)
  const setting = await settled(db, ask, await basisOf(db, flowId, now))
  const id = await db.transaction((tx) =>
    beginSimulation(tx, {
      ...{ flowId, kind: ask.kind, hash: planHash(flow.draft), rev, liveVersion: flow.liveVersion, snapshotAt: now },
      ...{ setting, ownedUntil: Date.now() + SILENT, by },
    }),
  )
  return { flow, id, setting, until: now }
}

/**
 * Begins to make a simulation of the saved draft here, in the background. It is kept with what the draft does.
 * @returns its id
 * @throws CONFLICT while another one of this flow is made
 */
export async function begin(to: { db: Handle; clock: Clock }, asked: Asked, by: By): Promise<string> {
  const { flow, ...it } = await prepared(to, asked, by)
  void carryOut(to.db, to.clock, flow, it)
  return it.id
}

/** A forecast with what is known of how people behave and come in, as the page proposes it; made to the end and kept. */
export async function makeUsual(to: { db: Handle; clock: Clock }, flowId: string, by: By, size: number): Promise<void> {
  const now = to.clock.now()
  const draft = await flowById(to.db, flowId)
  if (!draft) throw fail('NOT_FOUND', 'This flow is not there any more. Go back to the list.')
  const ask = await usualAsk(to.db, draft, { now, size })
  const { flow, ...it } = await prepared(to, { flowId, rev: draft.draftRev, ask }, by)
  await carryOut(to.db, to.clock, flow, it)
}

/** Makes it and keeps its figures; says now and then how far it is, and stops when somebody has stopped it. Never throws. */
async function carryOut(
  db: Handle,
  clock: Clock,
  flow: FlowRow,
  { id, setting, until }: { id: string; setting: StoredSetting; until: number },
): Promise<void> {
  let done = 0
  let gone = false
  const beat = setInterval(() => {
    noteSimulation(db, { id, progress: done, ownedUntil: Date.now() + SILENT }).then(
      (runs) => {
        gone = gone || !runs
      },
      () => {
        gone = true
      },
    )
  }, BEAT)
  const watch: Watch = {
    progress(share) {
      done = share
    },
    stopped: () => gone,
  }
  try {
    const made = await play(db, flow, setting, until, watch)
    if (made) await endSimulation(db, { id, at: clock.now(), ...made })
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    // Where the database went away there is nowhere to say it: whoever looks finds that nobody makes it any more.
    await endSimulation(db, { id, at: clock.now(), error: words }).catch(() => {})
  } finally {
    clearInterval(beat)
  }
}

/** A stored setting, read like anything that was stored. */
export function settingOf({ setting }: Pick<SimulationRow, 'setting'>): StoredSetting | undefined {
  const read = storedSetting.safeParse(setting)
  return read.success ? read.data : undefined
}
