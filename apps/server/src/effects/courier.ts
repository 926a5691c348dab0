import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@baton/api'
import type { AllowedNetworks, MailTransport } from '@baton/connect'
import {
  beginEffect,
  type ClaimedEffect,
  callsUnderWay,
  claimEffects,
  closedDestinations,
  type EffectSettlement,
  enterDestination,
  failpoint,
  giveBackEffects,
  type Handle,
  keepEffects,
  type Lane,
  putOffBusyEffects,
  releaseEffects,
  releaseLines,
  settleEffect,
  slowDown,
  speedUp,
  takeUpLost,
  tellCompany,
  voidEffectClaims,
} from '@baton/db'
import { letGo } from '../let-go.ts'
import type { Logger } from '../log.ts'
import { createLookout } from '../lookout.ts'
import { createTurnstile } from '../turnstile.ts'
import { deliverNote } from './notify.ts'
import { createPool } from './pool.ts'
import { nextTry } from './schedule.ts'
import { createLines } from './throttle.ts'
import { type Called, deliverWebhook } from './webhook.ts'

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
  /** Calls to one host at the same time, from all processes together; and to all hosts, from this one. */
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
const STORE_REST = 2_000
const STORE_TRIES = 5
/** Calls of a host that takes no more, and that stand before others: looked at again after this, ms. */
const BUSY_AGAIN = 60_000
/** Where a payload cannot say for how long: minutes. */
const GIVE_UP = 60

/**
 * Carries out what steps asked of the outside: calls of web addresses, notes to users, turns in the lines of throttles. One loop per
 * process; several share the work by claims. A host that is slow, or hangs, keeps only its own calls waiting.
 */
export function createCourier(options: CourierOptions): Courier {
  const { handle, clock, log, owner, wall = Date.now, perHost = 4, most = 32, claimMs = CLAIM_MS } = options
  /** One caller at a time: the loop and a test may both ask. */
  const { alone, hold } = createTurnstile()
  let settled = 0
  let keptAt = 0
  /** Claimed, and not to be begun before the next look: their host takes no more. */
  const waiting: ClaimedEffect[] = []
  /** The last look found nothing. */
  let rested = true
  let draining = 0
  const pool = createPool<ClaimedEffect>({ perOne: () => perHost, most: () => most }, work)
  const lines = createLines({ handle, owner, wall, ttl: claimMs })
  const claimant = () => ({ owner, wall: wall(), ttl: claimMs })
  const lookout = createLookout({ log, name: 'the delivery of effects', wall, claimMs, look: () => alone(look), lost })

  async function carryOut(effect: ClaimedEffect): Promise<Called> {
    if (effect.kind === 'webhook')
      return deliverWebhook(effect, { sql: handle, allowed: options.allowed, now: () => clock.now(), wall, time: options.time })
    const ports = { handle, transport: options.transport, now: () => clock.now(), baseUrl: options.baseUrl }
    return { settlement: await deliverNote(effect, ports), less: null }
  }

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
        await pause(STORE_REST)
      }
    }
  }

  /** Begins one where its host takes one more. @returns how often in a row the host had asked for less */
  function begin(effect: ClaimedEffect): Promise<{ begun: boolean; strikes: number } | 'not-now'> {
    const { to } = effect
    return handle.transaction(async (tx) => {
      if (to === '') return { begun: await beginEffect(tx, owner, effect), strikes: 0 }
      const limit = { connections: perHost, perMinute: null }
      const entry = await enterDestination(tx, `web ${to}`, { limit, now: clock.now(), going: () => callsUnderWay(tx, to) })
      return entry.go ? { begun: await beginEffect(tx, owner, effect), strikes: entry.strikes } : 'not-now'
    })
  }

  async function work(effect: ClaimedEffect): Promise<void> {
    try {
      const begun = lookout.stopping() ? 'not-now' : await begin(effect)
      if (begun === 'not-now') waiting.push(effect)
      if (begun === 'not-now' || !begun.begun) return
      failpoint('effects.begun')
      const { settlement, less } = await carryOut(effect).catch((error: unknown) => {
        log.error({ err: error, effect: effect.id, kind: effect.kind }, 'an effect met an error of ours')
        return { settlement: faulty(effect), less: null }
      })
      failpoint('effects.called')
      if (less !== null) await slowDown(handle, `web ${effect.to}`, { now: clock.now(), atLeast: less })
      else if (begun.strikes > 0 && settlement.status === 'done') await speedUp(handle, `web ${effect.to}`)
      await settle(settlement)
    } catch (error) {
      log.error({ err: error, effect: effect.id }, 'an effect is set aside until its claim runs out')
    } finally {
      lookout.nudge()
    }
  }

  /** Takes on what is due, as much as there is room for. @returns whether there was anything */
  async function takeOn(): Promise<boolean> {
    const limit = pool.room()
    if (limit === 0) return false
    const now = clock.now()
    const closed = await closedDestinations(handle, 'web', now)
    const busy = [...new Set([...pool.busy(), ...closed.map((it) => it.name.slice('web '.length))])]
    const claimed = await claimEffects(handle, ALL, { ...claimant(), now, limit, busy })
    failpoint('effects.claimed')
    pool.add(claimed)
    if (claimed.length > 0) return true
    return busy.length > 0 && (await putOffBusyEffects(handle, ALL, { wall: wall(), now, busy, until: now + BUSY_AGAIN })) > 0
  }

  /** Lets through whoever may pass, tells a company's people what changed, takes on what is due. @returns whether there was anything */
  async function look(): Promise<boolean> {
    // Whoever asks after the end must not claim what nobody would give back.
    if (lookout.stopping()) return false
    if (rested && draining === 0) await giveBack()
    const released = await lines.release(clock.now())
    if (released > 0) options.nudge()
    settled += released
    const told = await tellCompany(handle, clock.now())
    if (told) options.nudge()
    // What is under way goes on beside: a slow call holds nobody else up.
    const taken = await takeOn()
    await keep()
    rested = released === 0 && told === null && !taken
    return !rested
  }

  const giveBack = () => giveBackEffects(handle, owner, waiting.splice(0))

  async function deliverDue(): Promise<number> {
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
  }

  /** A slow call may take longer than a claim lasts. */
  async function keep(): Promise<void> {
    if (wall() - keptAt < claimMs / 3) return
    keptAt = wall()
    await keepEffects(handle, claimant(), pool.all())
  }

  async function lost(): Promise<void> {
    const taken = await takeUpLost(handle, wall())
    if (taken > 0) log.warn({ effects: taken }, 'a process ended while it called somebody; that is done anew')
  }

  return {
    async start() {
      if (handle.kind === 'pglite') await voidEffectClaims(handle)
      lookout.start()
    },
    deliverDue,
    hold: () =>
      hold(async () => {
        waiting.push(...(await pool.drain()))
        await giveBack()
      }),
    nudge: lookout.nudge,
    async stop() {
      await lookout.stop()
      await alone(() => pool.drain())
      await letGo('turns in lines', log, () => releaseLines(handle, owner))
      await letGo('claims of calls', log, () => releaseEffects(handle, owner))
    },
  }
}
