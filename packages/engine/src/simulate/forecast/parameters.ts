import { betaQuantile, hash01 } from '@baton/leads'
import type { CallShares, LeadShares, Likelihoods, MailShares } from '../world/drawn.ts'
import { type Behaviour, betaOf, DEFAULT_DOES, type LeadRates, type MailRates, type Rate, reasonsAt, shareOf } from './rates.ts'

/** One draw of everything that is not known for sure. */
export interface Parameters extends Likelihoods {
  /** How likely somebody who comes to a step does what this way of it waits for. */
  does(node: string, port: string): number
  /** How likely an accepted lead is won, how likely it is an opportunity but not won, of those not won, and what a won one is worth. */
  deal(node: string): { won: number; lostOpportunity: number; value: number | null }
}

/**
 * The share that a draw goes by: drawn from what is known of it. The throw goes by seed, draw and name alone, so two forecasts that differ in a
 * setting draw the same where they know the same. S-21.
 */
export function drawnShare(it: Rate, name: string, seed: string, draw: number): number {
  const shape = betaOf(it)
  return shape ? betaQuantile(hash01([seed, 'parameter', draw, name]), ...shape) : shareOf(it)
}

/**
 * Draws the parameters of one draw; each is drawn when it is first asked for.
 * @param named for which reasons of a rejection a step has ways of their own
 */
export function drawParameters(
  behaviour: Behaviour,
  seed: string,
  draw: number,
  named: (node: string) => readonly string[] = () => [],
): Parameters {
  const shares = new Map<string, number>()
  const share = (it: Rate, name: string) => {
    const known = shares.get(name)
    if (known !== undefined) return known
    const made = drawnShare(it, name, seed, draw)
    shares.set(name, made)
    return made
  }
  /** A step's own rate under its own name, everybody's under the general one: then all steps without their own share one draw. */
  const pick = <K extends string>(
    all: Record<K, Rate>,
    own: Partial<Record<K, Rate | undefined>> | undefined,
    kind: string,
    node: string,
  ) => {
    return (name: K) => share(own?.[name] ?? all[name], own?.[name] ? `${kind}/${name}/${node}` : `${kind}/${name}`)
  }
  const mails = kept((node): MailShares => {
    const own = behaviour.mailAt[node]
    const of = pick<Exclude<keyof MailRates, 'minutes'>>(behaviour.mail, own, 'mail', node)
    return {
      opened: of('opened'),
      clicked: of('clicked'),
      replied: of('replied'),
      bounced: of('bounced'),
      unsubscribed: of('unsubscribed'),
      complained: of('complained'),
      delayMinutes: own?.minutes ?? behaviour.mail.minutes,
    }
  })
  const leads = kept((node) => {
    const own = behaviour.leadAt[node]
    const of = pick<Exclude<keyof LeadRates, 'minutes' | 'value' | 'reasons'>>(behaviour.lead, own, 'lead', node)
    const answered = of('answered')
    const accepted = answered * of('accepted')
    const won = of('won')
    const opportunity = of('opportunity')
    const known = reasonsAt(own?.reasons ?? behaviour.lead.reasons, named(node))
    const by = own?.reasons ? `${node}/` : ''
    const reasons = known.map((it) => ({ why: it.why, share: share(it.share, `lead/reason/${by}${it.why}`) }))
    const shares: LeadShares = {
      ...{ accepted, rejected: answered - accepted, voicemail: of('voicemail'), reasons, won },
      delayMinutes: own?.minutes ?? behaviour.lead.minutes,
    }
    const lostOpportunity = won < 1 ? Math.max(0, opportunity - won) / (1 - won) : 0
    return { shares, deal: { won, lostOpportunity, value: own?.value === undefined ? behaviour.lead.value : own.value } }
  })
  const calls = kept((node): CallShares => {
    const own = behaviour.callAt[node]
    return { answered: pick<'answered'>(behaviour.call, own, 'call', node)('answered') }
  })
  return {
    mail: ({ node }) => mails(node),
    lead: ({ node }) => leads(node).shares,
    call: ({ node }) => calls(node),
    deal: (node) => leads(node).deal,
    does: (node, port) => share(behaviour.does[node]?.[port] ?? DEFAULT_DOES, `does/${node}/${port}`),
  }
}

function kept<T>(make: (node: string) => T): (node: string) => T {
  const made = new Map<string, T>()
  return (node) => {
    const known = made.get(node)
    if (known !== undefined) return known
    const value = make(node)
    made.set(node, value)
    return value
  }
}
