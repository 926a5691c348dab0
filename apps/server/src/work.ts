import { randomBytes } from 'node:crypto'
import type { Clock, Mail } from '@baton/api'
import { allowedNetworks, smtpTransport } from '@baton/connect'
import type { Handle } from '@baton/db'
import { agreementReviews } from './chores/agreement-reviews.ts'
import { launches } from './chores/launches.ts'
import { type ChoreRunner, startChores } from './chores/run.ts'
import type { Config } from './config.ts'
import { createDelivery, createMailService, createTemplates, type Delivery } from './deliver/index.ts'
import { type Courier, createCourier, mailGathered } from './effects/index.ts'
import type { Logger } from './log.ts'
import type { Metrics } from './metrics.ts'
import { type BatchReport, createPlans, createRunner, type Plans, type Runner } from './runner/index.ts'
import { undoing } from './undo.ts'
import { weeklyReports } from './weekly/weekly.ts'

/** How long things last that are about processes, ms. Tests and soaks shorten them. */
export interface Timings {
  /** Until others take over the contacts of a silent process. */
  leaseMs?: number | undefined
  /** Until others take over the mails and calls of a silent process. */
  claimMs?: number | undefined
  /** How long a silent side of a database connection is waited for: the server for us inside a transaction, we for an answer. */
  patience?: { idle: number; answer: number } | undefined
}

/** The settings say how many mails go at the same time; this is the most they may say. */
const MOST_CONNECTIONS = 100

export interface WorkParts {
  config: Config
  db: Handle
  clock: Clock
  log: Logger
  metrics: Metrics
  /** The public address that links in mails lead to. */
  baseUrl: string
  timings?: Timings | undefined
}

/** What goes on without anybody asking: turns of contacts, delivery, chores. In the server's process, and in each `baton worker`. */
export interface Work {
  plans: Plans
  runner: Runner
  chores: ChoreRunner
  delivery: Delivery
  courier: Courier
  mail: Mail
  /** Finishes the batch at hand. */
  stop(): Promise<void>
}

function count(metrics: Metrics, { turns, steps, failed, ms }: BatchReport): void {
  metrics.turns.inc(turns)
  metrics.parked.inc(failed)
  metrics.batch.observe(ms / 1000)
  for (const [flow, taken] of steps) metrics.steps.inc({ flow }, taken)
}

export async function startWork({ config, db, clock, log, metrics, baseUrl, timings }: WorkParts): Promise<Work> {
  const undo = undoing()
  const owner = `${process.pid}-${randomBytes(4).toString('hex')}`
  const plans = createPlans({ handle: db, log })
  const templates = createTemplates()
  const transport = config.smtpUrl === null ? null : smtpTransport(config.smtpUrl, { connections: MOST_CONNECTIONS })
  const nudge = () => runner.nudge()
  const claimMs = timings?.claimMs
  const delivery = createDelivery({ handle: db, clock, log, owner, templates, transport, baseUrl, nudge, claimMs })
  const allowed = allowedNetworks(config.allowAddresses)
  const courier = createCourier({ handle: db, clock, log, owner, transport, allowed, baseUrl, nudge, claimMs })
  const mail = createMailService({ db, clock, templates, transport, baseUrl, delivery })
  const onBatch = (report: BatchReport) => {
    count(metrics, report)
    delivery.nudge()
    courier.nudge()
  }
  const runner = createRunner({ handle: db, clock, plans, log, owner, onBatch, leaseTtl: timings?.leaseMs })
  try {
    await runner.start()
    undo.add(() => runner.stop())
    await delivery.start()
    undo.add(() => delivery.stop())
    await courier.start()
    undo.add(() => courier.stop())
    const chores = await startChores({ db, clock, log })
    undo.add(() => chores.stop())
    await chores.add({
      ...{ name: 'gather-lead-notes', cron: '0 * * * *' },
      run: async (handle, now) => void (await mailGathered(handle, now, { transport, baseUrl })),
    })
    await chores.add(launches({ transport, baseUrl, log }))
    await chores.add(weeklyReports({ transport, baseUrl, log }))
    await chores.add(agreementReviews({ transport, baseUrl, log }))
    return { plans, runner, chores, delivery, courier, mail, stop: undo.run }
  } catch (error) {
    await undo.run()
    throw error
  }
}
