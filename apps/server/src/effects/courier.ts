import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@baton/api'
import type { AllowedNetworks, MailTransport } from '@baton/connect'
import {
  beginEffect,
  type ClaimedEffect,
  claimEffects,
  type EffectSettlement,
  failpoint,
  type Handle,
  keepEffects,
  type Lane,
  releaseEffects,
  releaseLines,
  settleEffect,
  takeUpLost,
  tellCompany,
  voidEffectClaims,
} from '@baton/db'
import type { Logger } from '../log.ts'
import { createTurnstile } from '../turnstile.ts'
import { deliverNote } from './notify.ts'
import { createPool } from './pool.ts'
import { nextTry } from './schedule.ts'
import { createLines } from './throttle.ts'
import { deliverWebhook } from './webhook.ts'

export interface CourierOptions {
  handle: Handle
  clock: Clock
  log: Logger
  /** Names this process among those that deliver; new at each start. */
  owner: string
  /** null: there is no mail server. */
  transport: MailTransport | null
  /** Networks of our own that steps may call. */
  allowed: AllowedNetworks
  /** The public address, for links in notes. */
  baseUrl: string
  /** Wakes the runner: answers are in the inbox. */
  nudge(): void
  /** Calls to one host at the same time, and to all. */
  perHost?: number | undefined
  most?: number | undefined
  /** Milliseconds for one call. */
  time?: number | undefined
  /** How long a silent process keeps what it took on, ms. */
  claimMs?: number | undefined
  /** Wall clock of claims and signatures; never the time in flows. */
  wall?: (() => number) | undefined
}

export interface Courier {
  start(): Promise<void>
  /** Carries out whatever is due by the clock, now, and lets through whoever may pass. @returns how many were settled */
  deliverDue(): Promise<number>
  /** Lets nothing out until the returned function is called. */
  hold(): Promise<() => void>
  /** Looks for due work now instead of at the next look. */
  nudge(): void
  /** Finishes the calls under way, gives back the rest. */
  stop(): Promise<void>
}

const ALL: Lane = { kind: 'span', from: 0, to: 1023 }
const CLAIM_MS = 60_000
const LOOK_EVERY = 250
/** After an error of the database. */
const REST = 2_000
const STORE_TRIES = 5
/** Where a payload cannot say for how long: minutes. */
const GIVE_UP = 60

/**
 * Carries out what steps asked of the outside: calls of web addresses, notes to users, turns in the lines of throttles. One loop per
 * process; several share the work by claims. A slow host keeps only its own calls waiting.
 */
export function createCourier(options: CourierOptions): Courier {
  const { handle, clock, log, owner, wall = Date.now, perHost = 4, most = 32, claimMs = CLAIM_MS } = options
  let stopping = false
  let wake: (() => void) | undefined
  let loop: Promise<void> | undefined
  /** One caller at a time: the loop and a test may both ask. */
  const { alone, hold } = createTurnstile()
  let settled = 0
  let keptAt = 0
  const pool = createPool<ClaimedEffect>({ perOne: perHost, most }, work)
  const lines = createLines({ handle, owner, wall, ttl: claimMs })
  const claimant = () => ({ owner, wall: wall(), ttl: claimMs })

  const carryOut = (effect: ClaimedEffect): Promise<EffectSettlement> =>
    effect.kind === 'webhook'
      ? deliverWebhook(effect, { sql: handle, allowed: options.allowed, now: () => clock.now(), wall, time: options.time })
      : deliverNote(effect, { handle, transport: options.transport, now: () => clock.now(), baseUrl: options.baseUrl })

  /** What a fault of ours makes of an attempt: tried again like one of theirs. */
  function faulty(effect: ClaimedEffect): EffectSettlement {
    const { bucket, id, contactId, key, at } = effect
    const next = nextTry({ at, attempts: effect.attempts + 1, giveUpAfter: GIVE_UP, now: clock.now(), after: null })
    const why = 'Baton met an error of its own. It is in the log.'
    const told = { bucket, id, contactId, key, answer: null, nextAttemptAt: next, error: why }
    const waited = effect.kind === 'webhook' ? { outcome: 'failed' as const, status: null, why } : null
    return next === null ? { ...told, status: 'failed', news: waited } : { ...told, status: 'queued', news: null }
  }

  /** Results of the outside are worth a few tries; what cannot be stored is done anew when the claim runs out. */
  async function settle(settlement: EffectSettlement): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        if (await settleEffect(handle, { owner, now: clock.now() }, settlement, () => failpoint('effects.before-result'))) settled++
        failpoint('effects.after-result')
        options.nudge()
        return
      } catch (error) {
        if (tries === STORE_TRIES) throw error
        log.warn({ err: error, effect: settlement.id }, 'what became of an effect could not be stored; trying again')
        await pause(REST)
      }
    }
  }

  async function work(effect: ClaimedEffect): Promise<void> {
    try {
      if (!(await beginEffect(handle, owner, effect))) return
      failpoint('effects.begun')
      const settlement = await carryOut(effect).catch((error: unknown) => {
        log.error({ err: error, effect: effect.id, kind: effect.kind }, 'an effect met an error of ours')
        return faulty(effect)
      })
      failpoint('effects.called')
      await settle(settlement)
    } catch (error) {
      log.error({ err: error, effect: effect.id }, 'an effect is set aside until its claim runs out')
    } finally {
      wake?.()
    }
  }

  /** Lets through whoever may pass, tells a company's people what changed, takes on what is due. @returns whether there was anything */
  async function look(): Promise<boolean> {
    const released = await lines.release(clock.now())
    if (released > 0) options.nudge()
    settled += released
    const told = await tellCompany(handle, clock.now())
    if (told) options.nudge()
    const limit = pool.room()
    const claimed = limit > 0 ? await claimEffects(handle, ALL, { ...claimant(), now: clock.now(), limit, busy: pool.busy() }) : []
    failpoint('effects.claimed')
    pool.add(claimed)
    return released + claimed.length > 0 || told !== null
  }

  async function deliverDue(): Promise<number> {
    const before = settled
    for (;;) {
      const found = await alone(look)
      if (stopping || (!found && pool.running() === 0)) return settled - before
      if (pool.running() > 0) await pool.next()
    }
  }

  /** A slow call may take longer than a claim lasts. */
  async function keep(): Promise<void> {
    if (pool.running() === 0 || wall() - keptAt < claimMs / 3) return
    keptAt = wall()
    await keepEffects(handle, claimant())
  }

  async function run(): Promise<void> {
    let lostAt = 0
    while (!stopping) {
      let rest = LOOK_EVERY
      try {
        if (wall() - lostAt > claimMs / 2) {
          lostAt = wall()
          const lost = await takeUpLost(handle, wall())
          if (lost > 0) log.warn({ effects: lost }, 'a process ended while it called somebody; that is done anew')
        }
        await keep()
        // What is under way goes on beside: a slow call holds nobody else up.
        if (await alone(look)) continue
      } catch (error) {
        log.error({ err: error }, 'the delivery of effects met an error and goes on')
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
      if (handle.kind === 'pglite') await voidEffectClaims(handle)
      loop = run()
    },
    deliverDue,
    hold: () =>
      hold(async () => {
        await pool.drain()
        await releaseEffects(handle, owner)
      }),
    nudge: () => wake?.(),
    async stop() {
      stopping = true
      wake?.()
      await loop
      await alone(() => pool.drain())
      await releaseLines(handle, owner)
      await releaseEffects(handle, owner)
    },
  }
}
