import {
  appendItems,
  changeHandoff,
  type DealTold,
  dealItem,
  deedChange,
  type HandoffRefused,
  type Lead,
  type LeadDeed,
  opportunitiesOf,
  type Sql,
  scopeOf,
} from '@baton/db'
import type { SignedIn } from '../context.ts'
import { fail } from '../errors.ts'
import { mustSee } from './lead.ts'

/** What somebody did to a lead, as the loser of a race reads it. */
const DID: Readonly<Record<string, string>> = {
  accepted: 'Accepted',
  rejected: 'Rejected',
  disqualified: 'Rejected',
  call: 'A call was logged',
  voicemail: 'A voicemail was logged',
  slept: 'A voicemail was logged',
  'wrong-number': 'A wrong number was logged',
  'no-answer': 'A call was logged',
  mail: 'A mail was written',
  meeting: 'A meeting was booked',
  opportunity: 'Made an opportunity',
  stage: 'The deal was changed',
  won: 'Won',
  lost: 'Lost',
  'given-back': 'Given back',
}

/** Why a deed was not done, in words: who was faster, and with what. */
export function conflictWords({ last, state, repId }: HandoffRefused, me: { id: string }, repName: string | null): string {
  const by = last === null || last.byId === null ? null : last.byId === me.id ? 'you in another window' : last.byName
  const did = last && DID[last.kind]
  if (did && by !== null) return `${did} by ${by} meanwhile. Nothing was changed by you.`
  if (last?.kind === 'clawed-back' || (repId !== null && repId !== me.id && state === 'assigned'))
    return `This lead was given to ${repName ?? 'somebody'} meanwhile. Look again before you answer.`
  return 'This lead was moved meanwhile. Look again before you answer.'
}

export interface Seen {
  id: number
  rev: number
}

type Also = (tx: Sql, lead: Lead) => Promise<unknown>

/**
 * Does something with a lead: compare-and-set on the revision that was on the screen, the log and the contact's inbox told with it. Says in
 * words why not: somebody was faster, or it is not this person's.
 */
export async function perform(
  ctx: SignedIn,
  { id, rev }: Seen,
  deed: LeadDeed | ((lead: Lead) => LeadDeed),
  also?: Also,
): Promise<{ rev: number }> {
  const lead = await mustSee(ctx, id)
  const at = ctx.clock.now()
  const mine = 'repId' in scopeOf(ctx.user) ? { repId: ctx.user.id } : {}
  const done = await ctx.db.transaction(async (tx) => {
    const change = deedChange({ ...lead, rev }, typeof deed === 'function' ? deed(lead) : deed, ctx.user, at)
    const changed = await changeHandoff(tx, { ...change, ...mine })
    if (!('refused' in changed)) await also?.(tx, lead)
    return changed
  })
  if (!('refused' in done)) {
    ctx.services.nudge()
    return { rev: done.rev }
  }
  // Taken away meanwhile: says so in the words of whoever had it.
  const { repName } = await mustSee(ctx, id)
  throw fail('CONFLICT', conflictWords(done, ctx.user, repName))
}

/** Tells the contact how its deal stands now. */
export function tellDeal(ctx: SignedIn, id: string | null, deal: DealTold | null, won?: boolean): Also {
  return async (tx, lead) => {
    const dealId = id ?? lead.opportunityId
    if (dealId === null || deal === null) return
    const [was] = await opportunitiesOf(tx, [{ ...lead, opportunityId: dealId }])
    const item = dealItem(lead, { id: dealId, deal, was: was?.data ?? {}, won }, ctx.clock.now())
    await appendItems(tx, [{ contactId: lead.contactId, item }])
  }
}
