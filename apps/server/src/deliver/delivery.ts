import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@baton/api'
import type { MailTransport, SendOutcome } from '@baton/connect'
import {
  type ClaimedSend,
  claimSends,
  dispatchFacts,
  failpoint,
  giveUpLost,
  type Handle,
  keepClaims,
  type Lane,
  markSending,
  releaseSends,
  repeatAllUnknown,
  type Settlement,
  type Sql,
  sendingOf,
  settleSends,
  voidClaims,
  workspaceSettings,
} from '@baton/db'
import type { Logger } from '../log.ts'
import { createTurnstile } from '../turnstile.ts'
import { failed, later, sentBy, settlementOf, withdrawn } from './outcome.ts'
import { type Prepared, prepare } from './prepare.ts'
import { ANSWER_AGAIN, SETTINGS_AGAIN, unreachableFor } from './schedule.ts'
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
  /** Mails on their way at the same time; after a crash at most so many are unknown. */
  connections?: number | undefined
  /** How long a silent process keeps the mails it took on, ms. */
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
const BATCH = 100
const CLAIM_MS = 60_000
/** Without a mail server nothing is handed over, so more fit into one transaction. */
const KEPT_AT_ONCE = 50
const LOOK_EVERY = 250
/** After an error of the database. */
const REST = 2_000
const STORE_TRIES = 5

type Sending = Extract<Prepared, { do: 'send' }> & { send: ClaimedSend }

/** Carries queued mail out. One loop per process; several processes share the work by claims. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { handle, clock, log, owner, transport, baseUrl, templates, connections = 5, wall = Date.now, claimMs = CLAIM_MS } = options
  let stopping = false
  let failures = 0
  /** By the clock of flows: until then no server is asked. */
  let blockedUntil = Number.NEGATIVE_INFINITY
  let wake: (() => void) | undefined
  let loop: Promise<void> | undefined
  /** One caller at a time: the loop and a test may both ask. */
  const { alone, hold } = createTurnstile()

  const claimant = () => ({ owner, wall: wall(), ttl: claimMs })

  /** Stores results; the runner hears of them. */
  async function settle(settled: readonly Settlement[], first?: (tx: Sql) => Promise<unknown>): Promise<number> {
    if (settled.length === 0) return 0
    const stored = await settleSends(handle, ALL, { owner, now: clock.now() }, settled, {
      first,
      last: () => failpoint('deliver.before-result'),
    })
    failpoint('deliver.after-result')
    options.nudge()
    return stored
  }

  /** Results that the mail server gave are worth a few tries: what cannot be stored ends as unknown. */
  async function settleSurely(settled: readonly Settlement[]): Promise<number> {
    for (let tries = 1; ; tries++) {
      try {
        return await settle(settled)
      } catch (error) {
        if (tries === STORE_TRIES) throw error
        log.warn({ err: error, mails: settled.length }, 'results of mails could not be stored; trying again')
        await pause(REST)
      }
    }
  }

  /** Decides about each mail of a wave. */
  async function look(sends: readonly ClaimedSend[]): Promise<{ sending: Sending[]; settled: Settlement[] }> {
    const settings = await workspaceSettings(handle)
    const facts = await dispatchFacts(handle, ALL, sends)
    const now = clock.now()
    const parts = { sql: handle, templates, settings, baseUrl, now }
    const sending: Sending[] = []
    const settled: Settlement[] = []
    for (const send of sends) {
      const known = facts.get(send.id)
      if (!known) continue
      const prepared = await prepare(send, known, parts)
      switch (prepared.do) {
        case 'send':
          sending.push({ ...prepared, send })
          break
        case 'withdraw':
          settled.push(withdrawn(send, prepared.why, now))
          break
        case 'hold':
          settled.push(later(send, now + SETTINGS_AGAIN, prepared.why))
          break
        case 'wait':
          settled.push(later(send, now + ANSWER_AGAIN, null))
          break
        case 'fail':
          log.warn({ send: send.id, template: send.templateId }, 'a mail cannot be made')
          settled.push(failed(send, prepared.why))
          break
      }
    }
    failpoint('deliver.rendered')
    return { sending, settled }
  }

  /** Writes down what goes out, hands it over, and stores what came of it. */
  async function handOver(server: MailTransport, sending: readonly Sending[]): Promise<number> {
    const ready = sending.map((one) => one.ready)
    const marked = await handle.transaction(async (tx) => {
      const ids = await markSending(tx, ALL, owner, ready)
      failpoint('deliver.before-mark')
      return ids
    })
    failpoint('deliver.after-mark')
    const going = sending.filter(({ send }) => marked.has(send.id))
    const outcomes = await Promise.all(going.map(({ mail }) => server.send(mail)))
    failpoint('deliver.after-smtp')
    return settleSurely(going.map((one, i) => answered(one, outcomes[i] ?? { outcome: 'unknown', why: 'No answer was given.' })))
  }

  /** One answer, and what it says about the mail server. */
  function answered({ send, ready }: Sending, outcome: SendOutcome): Settlement {
    const now = clock.now()
    if (outcome.outcome === 'unreachable') {
      if (blockedUntil <= now) {
        failures++
        blockedUntil = now + unreachableFor(failures)
        log.error({ reason: outcome.reason }, outcome.message)
      }
    } else failures = 0
    return settlementOf(send, outcome, { now, again: unreachableFor(Math.max(1, failures)), to: ready.envelope.to.address })
  }

  /** Keeps mails in the Outbox: written down and settled in one go, since nobody outside is told. */
  function keep(sending: readonly Sending[]): Promise<number> {
    const ready = sending.map((one) => one.ready)
    return settle(
      sending.map(({ send }) => sentBy(send, 'outbox', clock.now())),
      (tx) => markSending(tx, ALL, owner, ready),
    )
  }

  /** One claim, wave by wave. @returns how many were claimed, and how many settled */
  async function round(): Promise<{ claimed: number; settled: number }> {
    if (clock.now() < blockedUntil) return { claimed: 0, settled: 0 }
    // While the server does not answer, a single mail finds out whether it does again.
    const limit = failures > 0 ? 1 : BATCH
    const claimed = await claimSends(handle, ALL, { ...claimant(), now: clock.now(), limit })
    failpoint('deliver.claimed')
    const width = transport ? connections : KEPT_AT_ONCE
    let settled = 0
    let left = claimed
    // A slow mail server may take longer than a claim lasts.
    const keeping = setInterval(() => {
      keepClaims(handle, claimant(), left).catch((error: unknown) => log.warn({ err: error }, 'claims on mails were not renewed'))
    }, claimMs / 3)
    keeping.unref()
    try {
      for (; left.length > 0; left = left.slice(width)) {
        if (stopping || clock.now() < blockedUntil) {
          await releaseSends(handle, owner)
          break
        }
        const { sending, settled: decided } = await look(left.slice(0, width))
        settled += await settle(decided)
        if (sending.length > 0) settled += await (transport ? handOver(transport, sending) : keep(sending))
      }
    } finally {
      clearInterval(keeping)
    }
    return { claimed: claimed.length, settled }
  }

  async function deliverDue(): Promise<number> {
    let all = 0
    for (;;) {
      const { claimed, settled } = await alone(round)
      all += settled
      if (claimed === 0 || stopping) return all
    }
  }

  /** Mail of unknown fate, where the workspace wants it sent once more under the same Message-ID. */
  async function repeatUnknown(): Promise<void> {
    if (sendingOf(await workspaceSettings(handle)).unknown !== 'repeat') return
    const repeated = await repeatAllUnknown(handle, clock.now())
    if (repeated > 0) log.warn({ mails: repeated }, 'mails of unknown fate are sent once more, as the settings say')
  }

  async function run(): Promise<void> {
    let lostAt = 0
    while (!stopping) {
      let rest = LOOK_EVERY
      try {
        if (wall() - lostAt > claimMs / 2) {
          lostAt = wall()
          const lost = await giveUpLost(handle, wall())
          if (lost > 0) log.warn({ mails: lost }, 'a process ended while it sent mail; their fate is unknown')
          await repeatUnknown()
        }
        await deliverDue()
      } catch (error) {
        log.error({ err: error }, 'delivery met an error and goes on')
        rest = REST
      }
      if (stopping) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  return {
    async start() {
      if (handle.kind === 'pglite') {
        const lost = await voidClaims(handle)
        if (lost > 0) log.warn({ mails: lost }, 'the last run ended while it sent mail; their fate is unknown')
      }
      loop = run()
    },
    deliverDue,
    hold: () => hold(),
    waitsForServer: () => failures > 0,
    nudge: () => wake?.(),
    async stop() {
      stopping = true
      wake?.()
      await loop
      await alone(async () => {})
      await releaseSends(handle, owner)
      await transport?.close()
    },
  }
}
