import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@baton/api'
import type { MailTransport } from '@baton/connect'
import {
  type ClaimedSend,
  claimSends,
  closedDestinations,
  dispatchFacts,
  failpoint,
  giveBackSends,
  giveUpLost,
  type Handle,
  keepClaims,
  type Lane,
  type MailPace,
  markSending,
  paceOf,
  putOffBusy,
  releaseSends,
  repeatAllUnknown,
  type Settlement,
  type Sql,
  sendingOf,
  settleSends,
  voidClaims,
  type WorkspaceSettings,
  workspaceSettings,
} from '@baton/db'
import { createPool } from '../effects/pool.ts'
import { letGo } from '../let-go.ts'
import type { Logger } from '../log.ts'
import { createLookout } from '../lookout.ts'
import { createTurnstile } from '../turnstile.ts'
import { createHandOver, type Sending } from './hand-over.ts'
import { failed, later, sentBy, withdrawn } from './outcome.ts'
import { type Prepared, prepare } from './prepare.ts'
import { BUSY_AGAIN, SETTINGS_AGAIN } from './schedule.ts'
import type { Templates } from './templates.ts'

export interface DeliveryOptions {
  handle: Handle
  clock: Clock
  log: Logger
  /** Names this process among those that deliver; new at each start. */
  owner: string
  templates: Templates
  /** null: there is no mail server, mail is kept in the Outbox. */
  transport: MailTransport | null
  /** The public address that links in mails lead to. */
  baseUrl: string
  /** Wakes the runner: results are in the inbox. */
  nudge(): void
  /** How long a silent process keeps what it took on, ms. */
  claimMs?: number | undefined
  /** Wall clock of claims; they are about processes and never about the time in flows. */
  wall?: (() => number) | undefined
}

export interface Delivery {
  start(): Promise<void>
  /** Delivers whatever is due by the clock, now. @returns how many mails left or were settled otherwise */
  deliverDue(): Promise<number>
  /** Lets nothing out until the returned function is called. */
  hold(): Promise<() => void>
  /** Whether this process waits for a mail server that does not answer. */
  waitsForServer(): boolean
  /** Looks for due mail now instead of at the next look. */
  nudge(): void
  /** Finishes the mails on their way, gives back the rest, closes the connections. */
  stop(): Promise<void>
}

const ALL: Lane = { kind: 'span', from: 0, to: 1023 }
const CLAIM_MS = 60_000
/** Without a mail server nothing is handed over, so many fit into one transaction. */
const KEPT_AT_ONCE = 50
const STORE_REST = 2_000
const STORE_TRIES = 5

/** What becomes of a mail that is due. */
type Decision = { send: Sending } | { settled: Settlement } | 'wait'

/**
 * Carries queued mail out. One loop per process; several processes share the work by claims. Mails go side by side, a few at a time to
 * each domain, so that a domain that hangs keeps only its own mail waiting.
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { handle, clock, log, owner, transport, baseUrl, templates, claimMs = CLAIM_MS, wall = Date.now } = options
  /** One caller at a time: the loop and a test may both ask. */
  const { alone, hold } = createTurnstile()
  let settled = 0
  let keptAt = 0
  let pace: MailPace | undefined
  /** Claimed, and not to be begun before the next look: something of their person is being handled, or their domain takes no more. */
  const waiting: ClaimedSend[] = []
  /** The last look found nothing. */
  let rested = true
  let draining = 0

  const limitOf = (domain: string) => pace?.domains.find((it) => it.domain === domain) ?? pace?.each ?? { connections: 1, perMinute: null }
  const pool = createPool<{ to: string; send: ClaimedSend; settings: WorkspaceSettings }>(
    { perOne: (domain) => limitOf(domain).connections, most: () => pace?.connections ?? 1 },
    work,
  )
  const handOver = createHandOver({ handle, clock, log, owner, lane: ALL, transport, limitOf, settle: settleSurely })
  const claimant = () => ({ owner, wall: wall(), ttl: claimMs })
  const lookout = createLookout({ log, name: 'delivery', wall, claimMs, look: () => alone(look), lost })

  /** Stores results; the runner hears of them. */
  async function settle(results: readonly Settlement[], first?: (tx: Sql) => Promise<unknown>): Promise<void> {
    if (results.length === 0) return
    const last = () => failpoint('deliver.before-result')
    const stored = await settleSends(handle, ALL, { owner, now: clock.now() }, results, { first, last })
    settled += stored
    failpoint('deliver.after-result')
    options.nudge()
  }

  /** Results that the mail server gave are worth a few tries: what cannot be stored ends as unknown. */
  async function settleSurely(result: Settlement): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await settle([result])
      } catch (error) {
        if (tries === STORE_TRIES) throw error
        log.warn({ err: error, send: result.id }, 'what became of a mail could not be stored; trying again')
        await pause(STORE_REST)
      }
    }
  }

  /** Decides about mails, with the facts of this moment. */
  async function decide(sends: readonly ClaimedSend[], settings: WorkspaceSettings): Promise<Decision[]> {
    const facts = await dispatchFacts(handle, ALL, sends)
    const now = clock.now()
    const made: Decision[] = []
    for (const send of sends) {
      const known = facts.get(send.id)
      if (known) made.push(decision(send, await prepare(send, known, { sql: handle, templates, settings, baseUrl, now }), now))
    }
    failpoint('deliver.rendered')
    return made
  }

  function decision(send: ClaimedSend, prepared: Prepared, now: number): Decision {
    switch (prepared.do) {
      case 'send':
        return { send: { ...prepared, send } }
      case 'withdraw':
        return { settled: withdrawn(send, prepared.why, now) }
      case 'hold':
        return { settled: later(send, now + SETTINGS_AGAIN, prepared.why) }
      case 'wait':
        waiting.push(send)
        return 'wait'
      case 'fail':
        log.warn({ send: send.id, template: send.templateId }, 'a mail cannot be made')
        return { settled: failed(send, prepared.why) }
    }
  }

  /** One mail, from the claim to its end. */
  async function work({ send, settings }: { send: ClaimedSend; settings: WorkspaceSettings }): Promise<void> {
    let again = true
    try {
      const [made] = lookout.stopping() || handOver.blocked() ? [undefined] : await decide([send], settings)
      if (made === undefined) waiting.push(send)
      // Looked at once more after the rest, not at once: it waits for somebody else's turn.
      else if (made === 'wait') again = false
      else if ('settled' in made) await settle([made.settled])
      else if ((await handOver.send(made.send)) === 'not-now') waiting.push(send)
    } catch (error) {
      log.error({ err: error, send: send.id }, 'a mail is set aside until its claim runs out')
    } finally {
      if (again) lookout.nudge()
    }
  }

  /** Without a mail server: written down and settled in one go, since nobody outside is told. */
  async function keepAll(settings: WorkspaceSettings): Promise<boolean> {
    const claimed = await claimSends(handle, ALL, { ...claimant(), now: clock.now(), limit: KEPT_AT_ONCE })
    failpoint('deliver.claimed')
    if (claimed.length === 0) return false
    const made = await decide(claimed, settings)
    const kept = made.flatMap((it) => (it !== 'wait' && 'send' in it ? [it.send] : []))
    await settle(made.flatMap((it) => (it !== 'wait' && 'settled' in it ? [it.settled] : [])))
    await settle(
      kept.map(({ send }) => sentBy(send, 'outbox', clock.now())),
      (tx) =>
        markSending(
          tx,
          ALL,
          owner,
          kept.map((one) => one.ready),
        ),
    )
    return true
  }

  /** Takes on what is due, as much as there is room for. @returns whether there was anything */
  async function look(): Promise<boolean> {
    // Whoever asks after the end must not claim what nobody would give back.
    if (lookout.stopping()) return false
    if (rested && draining === 0) await giveBack()
    const settings = await workspaceSettings(handle)
    pace = paceOf(settings)
    rested = !(transport ? await takeOn(settings) : await keepAll(settings))
    await keep()
    return !rested
  }

  async function takeOn(settings: WorkspaceSettings): Promise<boolean> {
    // While the server does not answer, a single mail finds out whether it does again.
    const limit = handOver.blocked() ? 0 : handOver.failing() ? 1 - pool.all().length : pool.room()
    if (limit <= 0) return false
    const now = clock.now()
    const closed = await closedDestinations(handle, 'mail', now)
    const busy = [...new Set([...pool.busy(), ...closed.map((it) => it.name.slice('mail '.length))])]
    const claimed = await claimSends(handle, ALL, { ...claimant(), now, limit, busy })
    failpoint('deliver.claimed')
    pool.add(claimed.map((send) => ({ to: send.domain, send, settings })))
    if (claimed.length > 0) return true
    return busy.length > 0 && (await putOffBusy(handle, ALL, { wall: wall(), now, busy, until: now + BUSY_AGAIN })) > 0
  }

  async function giveBack(): Promise<void> {
    await giveBackSends(handle, owner, waiting.splice(0))
  }

  /** A slow mail server may take longer than a claim lasts. */
  async function keep(): Promise<void> {
    if (wall() - keptAt < claimMs / 3) return
    keptAt = wall()
    await keepClaims(
      handle,
      claimant(),
      pool.all().map((it) => it.send),
    )
  }

  async function lost(): Promise<void> {
    const given = await giveUpLost(handle, wall())
    if (given > 0) log.warn({ mails: given }, 'a process ended while it sent mail; their fate is unknown')
    // Mail of unknown fate, where the workspace wants it sent once more under the same Message-ID.
    if (sendingOf(await workspaceSettings(handle)).unknown !== 'repeat') return
    const repeated = await repeatAllUnknown(handle, clock.now())
    if (repeated > 0) log.warn({ mails: repeated }, 'mails of unknown fate are sent once more, as the settings say')
  }

  return {
    async start() {
      if (handle.kind === 'pglite') {
        const given = await voidClaims(handle)
        if (given > 0) log.warn({ mails: given }, 'the last run ended while it sent mail; their fate is unknown')
      }
      lookout.start()
    },
    async deliverDue() {
      const before = settled
      draining++
      try {
        for (;;) {
          const found = await alone(look)
          if (lookout.stopping() || (!found && pool.running() === 0)) break
          if (pool.running() > 0) await pool.next()
        }
      } finally {
        draining--
      }
      if (draining === 0) await alone(giveBack)
      return settled - before
    },
    hold: () =>
      hold(async () => {
        waiting.push(...(await pool.drain()).map((it) => it.send))
        await giveBack()
      }),
    waitsForServer: () => handOver.failing(),
    nudge: lookout.nudge,
    async stop() {
      await lookout.stop()
      await alone(() => pool.drain())
      waiting.length = 0
      await letGo('claims of mails', log, () => releaseSends(handle, owner))
      await transport?.close()
    },
  }
}
