import { dirname } from 'node:path'
import { type Clock, createAccounts, createAuth, type SignInLink } from '@baton/api'
import { sealSecret } from '@baton/connect'
import type { Handle } from '@baton/db'
import type { ChoreRunner } from './chores/run.ts'
import type { Config } from './config.ts'
import { startContactWork } from './contacts/index.ts'
import type { Delivery } from './deliver/index.ts'
import { doorsOf } from './doors.ts'
import { CLIENT_ADDRESS, createApp } from './http/app.ts'
import { listen } from './http/listen.ts'
import { trustedOrigins } from './http/origin.ts'
import { createLog, type Logger } from './log.ts'
import { createMachine } from './machine.ts'
import { openConfigured } from './open.ts'
import { openLocalDoor } from './operate/local-door.ts'
import { findUp } from './paths.ts'
import type { Runner } from './runner/index.ts'
import { createSample } from './sample/programme.ts'
import { systemFacts } from './system.ts'
import { undoing } from './undo.ts'
import { startWork, type Timings } from './work.ts'
import { metricsOf, wallClock } from './worker.ts'

export { type Config, readConfig } from './config.ts'
export { createDelivery, createTemplates, type Delivery } from './deliver/index.ts'
export { type Courier, createCourier, createStandIn } from './effects/index.ts'
export { EXIT, ExitError } from './exit.ts'
export { acceptMail, answerLead } from './flow-run/world.ts'
export { importFile } from './imports/file.ts'
export { createLog } from './log.ts'
export { type Compiled, createPlans, createRunner, type Plans } from './runner/index.ts'
export type { Timings } from './work.ts'

export interface ServerOptions {
  config: Config
  /** The wall clock unless given; a test moves its own. */
  clock?: Clock | undefined
  log?: Logger | undefined
  timings?: Timings | undefined
  /** How large the sample programme is, where somebody loads it; a test wants a small one. */
  sample?: { people: number; days: number } | undefined
}

export interface RunningServer {
  /** Where people open it, e.g. `http://localhost:3000`. */
  url: string
  /** The link that makes the first admin; null once there is anybody. Print it to a person, never log it. */
  firstLink: SignInLink | null
  db: Handle
  runner: Runner
  chores: ChoreRunner
  delivery: Delivery
  /** Finishes what is under way and closes everything; safe to call again. */
  stop(): Promise<void>
}

/**
 * Starts everything in this process: database, HTTP, runner, chores. Prints nothing.
 * @throws ExitError when the database or the port cannot be had; whatever was started is closed again
 */
export async function startServer({
  config,
  clock = wallClock,
  log = createLog(config.logLevel),
  timings,
  sample: size,
}: ServerOptions): Promise<RunningServer> {
  const undo = undoing()
  let stopping = false
  try {
    // The port first: whether it is taken is known at once, and until the database is open every request is told to come back.
    const http = await listen(config.host, config.port)
    undo.add(() => http.close())
    const db = await openConfigured(config, timings?.patience)
    undo.add(() => db.close())
    if (config.database.kind === 'embedded') {
      const door = await openLocalDoor({ db, dataDir: config.dataDir, log })
      undo.add(() => door.close())
    }
    const baseUrl = config.baseUrl ?? `http://localhost:${http.port}`
    const trusted = trustedOrigins(baseUrl)
    const machine = createMachine({ db, clock, log })
    const metrics = metricsOf(db, machine)
    const onError = (message: string) => log.error({ part: 'auth' }, message)
    const auth = await createAuth({ db, baseUrl, trustedOrigins: trusted, clientAddressHeader: CLIENT_ADDRESS, onError })
    const accounts = createAccounts({ db, clock, auth, baseUrl })
    const facts = systemFacts({ config, baseUrl, startedAt: Date.now() })
    const work = await startWork({ config, db, clock, log, metrics, baseUrl, timings })
    undo.add(() => work.stop())
    machine.start()
    undo.add(() => machine.stop())
    const nudge = work.runner.nudge
    const contacts = await startContactWork({ db, clock, log, nudge, dataDir: config.dataDir })
    undo.add(() => contacts.stop())
    await work.chores.add({ name: 'tidy-imports', cron: '50 2 * * *', run: () => contacts.imports.tidy() })
    const hush = async () => {
      const free = [await work.runner.hold(), await work.delivery.hold(), await work.courier.hold()]
      return async () => {
        for (const go of free) go()
      }
    }
    const sample = createSample({ db, log, baseUrl, now: () => clock.now(), hush, ...size })
    undo.add(() => sample.cancel())
    const services = {
      accounts,
      sample,
      nudge,
      seal: sealSecret,
      system: () => facts,
      machine,
      imports: contacts.imports,
      bulk: contacts.bulk,
      mail: work.mail,
    }
    const pages = findUp('apps/web/dist/index.html')
    http.answer(
      createApp({
        ...{ auth, db, clock, services, log, metrics, baseUrl, trusted },
        trustProxy: config.trustProxy,
        doors: [...doorsOf({ db, clock, log, metrics, runner: work.runner, baseUrl }), ...contacts.doors(auth)],
        pages: pages && dirname(pages),
        mailWaits: work.delivery.waitsForServer,
        stopping: () => stopping,
      }),
    )
    const firstLink = await accounts.firstLink()
    const stop = async () => {
      stopping = true
      // Requests under way still need everything behind them.
      await http.close()
      await undo.run()
    }
    return { url: baseUrl, firstLink, db, runner: work.runner, chores: work.chores, delivery: work.delivery, stop }
  } catch (error) {
    await undo.run()
    throw error
  }
}
