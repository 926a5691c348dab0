import {
  appendItems,
  changeHandoff,
  type DealTold,
  dealItem,
  deedChange,
  deskLead,
  type Handle,
  type LeadDeed,
  newId,
  opportunitiesOf,
} from '@baton/db'

/** What a rep does with a lead after the first answer. */
export type Work = 'voicemail' | 'call' | 'convert' | 'offer' | 'won' | 'lost'

export interface LeadWork {
  id: number
  rep: { id: string; name: string }
  work: Work
  amount: number
}

const NOTES: Partial<Readonly<Record<Work, string>>> = {
  voicemail: 'Left a message, tries again tomorrow',
  call: 'Closes by hand in a spreadsheet, wants to see a demo with two entities',
}

const stageOf: Partial<Readonly<Record<Work, string>>> = { convert: 'Demo', offer: 'Offer', won: 'Won', lost: 'Lost' }

/** Does it by the same rules as the desk; nothing where the lead has moved on meanwhile. */
export async function workOnLead(db: Handle, { id, rep, work, amount }: LeadWork, at: number): Promise<void> {
  const lead = await deskLead(db, { id, scope: { all: true } })
  if (!lead || lead.repId !== rep.id) return
  const stage = stageOf[work]
  const deal: DealTold | null =
    stage === undefined ? null : { name: `${lead.company ?? lead.name}, month-end close`, stage, amount, currency: 'EUR', closeOn: null }
  const dealId = lead.opportunityId ?? newId('opp')
  const deed = deedOf(work, deal, dealId)
  if (!deed || (deed.kind === 'deal' && lead.opportunityId === null)) return
  await db.transaction(async (tx) => {
    const done = await changeHandoff(tx, deedChange(lead, deed, rep, at))
    if ('refused' in done || deal === null) return
    const [was] = await opportunitiesOf(tx, [{ ...lead, opportunityId: dealId }])
    const won = work === 'won' ? true : work === 'lost' ? false : undefined
    await appendItems(tx, [{ contactId: lead.contactId, item: dealItem(lead, { id: dealId, deal, was: was?.data ?? {}, won }, at) }])
  })
}

function deedOf(work: Work, deal: DealTold | null, id: string): LeadDeed | null {
  const note = NOTES[work] ?? null
  switch (work) {
    case 'voicemail':
      return { kind: 'call', how: 'voicemail', note }
    case 'call':
      return { kind: 'call', how: 'connected', note }
    case 'convert':
      return deal && { kind: 'convert', id, deal }
    case 'offer':
      return deal && { kind: 'deal', deal }
    case 'won':
      return { kind: 'won', deal }
    case 'lost':
      return { kind: 'lost', deal, why: 'No decision', note }
  }
}
