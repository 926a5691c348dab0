import type { Clock } from '@baton/api'
import type { MailTransport, SendOutcome } from '@baton/connect'
import {
  type ClaimedSend,
  enterDestination,
  failpoint,
  type Handle,
  type Lane,
  mailsUnderWay,
  markSending,
  type Pace,
  type Settlement,
  slowDown,
  speedUp,
} from '@baton/db'
import type { Logger } from '../log.ts'
import { asksForLess, settlementOf } from './outcome.ts'
import type { Prepared } from './prepare.ts'
import { unreachableFor } from './schedule.ts'

/** A mail that is made, with its claim. */
export type Sending = Extract<Prepared, { do: 'send' }> & { send: ClaimedSend }

export interface HandOverPorts {
  handle: Handle
  clock: Clock
  log: Logger
  owner: string
  lane: Lane
  transport: MailTransport | null
  limitOf(domain: string): Pace
  /** Stores what came of it. */
  settle(result: Settlement): Promise<void>
}

/** Hands mails to the mail server, and remembers what its answers say about it and about the domains behind it. */
export interface HandOver {
  /** `not-now`: its domain takes no more at this moment; it is still claimed. */
  send(sending: Sending): Promise<'over' | 'not-now'>
  /** No server is asked at this moment. */
  blocked(): boolean
  /** The server did not answer the last time it was asked. */
  failing(): boolean
}

export function createHandOver({ handle, clock, log, owner, lane, transport, limitOf, settle }: HandOverPorts): HandOver {
  let failures = 0
  /** By the clock of flows: until then no server is asked. */
  let blockedUntil = Number.NEGATIVE_INFINITY

  /** What an answer says about the mail server. */
  function noteServer(outcome: SendOutcome): void {
    if (outcome.outcome !== 'unreachable' || outcome.at === 'recipient') {
      failures = 0
      return
    }
    const now = clock.now()
    if (blockedUntil > now) return
    failures++
    blockedUntil = now + unreachableFor(failures)
    log.error({ reason: outcome.reason }, outcome.message)
  }

  /** Writes down that a mail goes out, where its domain takes one more. @returns how often in a row the domain had asked for less */
  function begin({ ready }: Sending, domain: string): Promise<{ begun: boolean; strikes: number } | 'not-now'> {
    return handle.transaction(async (tx) => {
      const going = () => mailsUnderWay(tx, domain)
      const entry = await enterDestination(tx, `mail ${domain}`, { limit: limitOf(domain), now: clock.now(), going })
      if (!entry.go) return 'not-now'
      const marked = await markSending(tx, lane, owner, [ready])
      failpoint('deliver.before-mark')
      return { begun: marked.has(ready.id), strikes: entry.strikes }
    })
  }

  return {
    blocked: () => clock.now() < blockedUntil,
    failing: () => failures > 0,
    async send(sending) {
      const { send, ready, mail } = sending
      const { address } = ready.envelope.to
      const domain = (address.split('@').at(-1) ?? '').toLowerCase()
      const begun = await begin(sending, domain)
      if (begun === 'not-now') return 'not-now'
      failpoint('deliver.after-mark')
      if (!begun.begun || !transport) return 'over'
      const outcome = await transport.send(mail)
      failpoint('deliver.after-smtp')
      noteServer(outcome)
      const now = clock.now()
      await settle(settlementOf(send, outcome, { now, again: unreachableFor(Math.max(1, failures)), to: address }))
      if (asksForLess(outcome)) await slowDown(handle, `mail ${domain}`, { now, atLeast: 0 })
      else if (begun.strikes > 0 && outcome.outcome === 'accepted') await speedUp(handle, `mail ${domain}`)
      return 'over'
    },
  }
}
