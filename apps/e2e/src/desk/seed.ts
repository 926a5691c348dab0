import { addContacts, createIds, ensureMonths, type Handle, updateWorkspace } from '@baton/db'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A lead as the flow, the router and its rep left it. */
export interface Seeded {
  first: string
  last: string
  company: string
  title?: string
  city?: string
  country?: string
  why: string
  scores: Record<string, number>
  state: string
  /** Ms ago. */
  handed: number
  /** Ms from now; the level gives four hours. */
  deadline?: number
  attempt?: number
  note?: string
  rejected?: string
  opportunity?: { name: string; stage: string; amount: number }
  log?: readonly { kind: string; ago: number; data?: Record<string, unknown> }[]
  events?: readonly { type: string; ago: number; props?: Record<string, unknown>; points?: number }[]
}

const page = (name: string, ago: number, points?: number) => ({ type: 'page.viewed', ago, props: { name }, ...(points ? { points } : {}) })

/** A rep's desk on a working day. */
export const LEADS: readonly Seeded[] = [
  {
    ...{ first: 'Ingrid', last: 'Solheim', company: 'Kystfrakt Logistics', title: 'Finance Director', city: 'Bergen', country: 'NO' },
    ...{ why: 'Stayed 47 min in the webinar, then opened pricing', scores: { fit: 7200, engagement: 5800 }, state: 'assigned' },
    ...{ handed: 2 * HOUR, deadline: 1.8 * HOUR, note: 'Closes six entities by hand. Ask how long the last close took.' },
    events: [
      page('Pricing', 2.1 * HOUR, 1800),
      page('Integrations: Visma', 2.1 * HOUR - MINUTE),
      { type: 'webinar.attended', ago: 1.1 * DAY, props: { name: 'Month-end close', minutes: 47 }, points: 2500 },
      { type: 'form.submitted', ago: 17 * DAY, props: { formName: 'Register', entities: '6 to 10' }, points: 500 },
      page('Pricing', 5 * DAY),
      page('Pricing', 8 * DAY),
      { type: 'mail.opened', ago: 2 * DAY, props: {} },
      page('Guide: a two-day close', 38 * DAY),
    ],
  },
  {
    ...{ first: 'Tomasz', last: 'Zielinski', company: 'Kolmar Packaging', title: 'CFO', city: 'Poznań', country: 'PL' },
    ...{ why: 'Third visit to pricing this week', scores: { fit: 6100 }, state: 'assigned', handed: 4 * HOUR, deadline: 22 * MINUTE },
  },
  {
    ...{ first: 'Amara', last: 'Diallo', company: 'Lumen Dental Group', why: 'Asked for the close checklist twice', scores: { fit: 5800 } },
    ...{ state: 'assigned', handed: HOUR, deadline: 3.2 * HOUR },
  },
  {
    ...{ first: 'Bruno', last: 'Costa', company: 'Atlas Foods', why: 'Asked for a demo', scores: { fit: 4400 }, state: 'assigned' },
    ...{ handed: 8 * HOUR, deadline: -24 * MINUTE },
  },
  {
    ...{ first: 'Henrik', last: 'Aas', company: 'Bergvik Marine', why: 'Compared plans', scores: { fit: 5400 }, state: 'assigned' },
    ...{
      handed: 4 * DAY,
      deadline: 2 * HOUR,
      attempt: 2,
      log: [{ kind: 'voicemail', ago: 4 * DAY, data: { attempt: 1, note: 'Said he is back on Monday' } }],
    },
  },
  {
    ...{
      first: 'Peter',
      last: 'Nagy',
      company: 'Duna Components',
      why: 'Trial, 3 seats',
      scores: { fit: 7100 },
      state: 'accepted',
      handed: 20 * DAY,
    },
    opportunity: { name: 'Duna, group close', stage: 'Offer', amount: 24_000 },
    log: [
      { kind: 'accepted', ago: 19 * DAY },
      { kind: 'call', ago: 18 * DAY, data: { how: 'connected', note: 'Demo held' } },
      { kind: 'opportunity', ago: 15 * DAY, data: { name: 'Duna, group close', stage: 'Demo', amount: 24_000 } },
      { kind: 'stage', ago: 4 * DAY, data: { stage: 'Offer' } },
    ],
  },
  {
    ...{
      first: 'Sofie',
      last: 'Maes',
      company: 'Maes Interiors',
      why: 'Opened the offer',
      scores: { fit: 6600 },
      state: 'accepted',
      handed: 9 * DAY,
    },
    log: [{ kind: 'accepted', ago: 8 * DAY }],
    events: [page('Contract terms', 3 * HOUR)],
  },
  {
    ...{
      first: 'David',
      last: 'Kerr',
      company: 'Kerr & Sons',
      why: 'Read two guides',
      scores: { fit: 4100 },
      state: 'rejected',
      handed: 6 * DAY,
    },
    rejected: 'No budget this year',
  },
]

/** Makes a rep's desk, with the workspace that it needs. @returns ids of the leads by last name */
export async function seedDesk(
  db: Handle,
  { rep, now, leads = LEADS }: { rep: { id: string; name: string }; now: number; leads?: readonly Seeded[] },
): Promise<Map<string, number>> {
  const ids = createIds(db)
  await updateWorkspace(db, {
    ...{ name: 'Ledgerline', senderName: 'Ledgerline', senderAddress: 'hello@ledgerline.example' },
    postalAddress: 'Ledgerline GmbH, Lindenstraße 12, 10969 Berlin',
  })
  await db.query(`insert into team (id, name, created_at) values ('team_desk', 'Inside sales', $1) on conflict do nothing`, [now])
  await db.query(`insert into team_member (team_id, user_id) values ('team_desk', $1) on conflict do nothing`, [rep.id])
  // Somebody works at every hour: when the test runs must not matter.
  const always = JSON.stringify(
    Object.fromEntries(['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
  )
  await db.query(
    `insert into calendar (id, name, zone, hours, holidays, created_at, updated_at) values ('cal_desk', 'Always', 'UTC', $1::jsonb, '[]', $2, $2)`,
    [always, now],
  )
  await db.query(`update team set calendar_id = 'cal_desk' where id = 'team_desk'`)
  await ensureMonths(
    db,
    leads.flatMap(({ events = [] }) => events.map(({ ago }) => now - ago)),
  )
  const made = new Map<string, number>()
  for (const lead of leads) made.set(lead.last, await seedLead(db, ids, lead, { rep, now }))
  return made
}

async function seedLead(
  db: Handle,
  ids: ReturnType<typeof createIds>,
  lead: Seeded,
  { rep, now }: { rep: { id: string; name: string }; now: number },
): Promise<number> {
  const email = `${lead.first}.${lead.last}@${lead.company.split(' ')[0]}.example`.toLowerCase()
  const fields = { email, first_name: lead.first, last_name: lead.last, company: lead.company, phone: '+47 55 01 42 18' }
  const more = Object.fromEntries(Object.entries({ job_title: lead.title, city: lead.city, country: lead.country }).filter(([, it]) => it))
  const handed = now - lead.handed
  const added = await addContacts(db, ids, [{ email, external: null, fields: { ...fields, ...more }, consent: { marketing: true } }], {
    ...{ at: handed - 40 * DAY, textKeys: [] },
  })
  const contactId = added === 'taken' ? undefined : added[0]
  if (contactId === undefined) throw new Error('taken')
  const bucket = contactId % 1024
  const [id = 0] = await ids.take([bucket])
  await db.query(`update contact set owner_side = 'sales', owner_id = $3, stage = 'lead' where bucket = $1 and id = $2`, [
    bucket,
    contactId,
    rep.id,
  ])
  const over = lead.state === 'rejected'
  const answered = lead.state === 'accepted' || over ? handed + HOUR : null
  await db.query(
    `insert into handoff (bucket, id, contact_id, key, flow_id, object_key, entry, version, node, team_id, rep_id, state, known_state, known_rep, packet,
       contract, created_at, assigned_at, answered_at, answered_by, closed_at, reject_reason, deadline, attempt, opportunity_id)
     values ($1, $2, $3, $4, 'flw_gone', '', 1, 1, 'n', 'team_desk', $5, $6, $7, $5, $8::jsonb, $9::jsonb, $10, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      ...[bucket, id, contactId, email, rep.id, lead.state, over ? 'closed' : lead.state === 'accepted' ? 'accepted' : 'assigned'],
      JSON.stringify({ why: lead.why, fields: { phone: '+47 55 01 42 18' }, scores: lead.scores, note: lead.note ?? null }),
      JSON.stringify({ level: { minutes: 240, remindBefore: null }, voicemail: { attempts: 3 } }),
      ...[handed, answered, answered === null ? null : rep.id, over ? answered : null, lead.rejected ?? null],
      ...[lead.deadline === undefined ? null : now + lead.deadline, lead.attempt ?? 1, lead.opportunity ? 'opp_seed' : null],
    ],
  )
  if (lead.opportunity) {
    const data = { name: lead.opportunity.name, stage: lead.opportunity.stage, amount: lead.opportunity.amount, currency: 'EUR' }
    await db.query(
      `insert into related (bucket, contact_id, kind, id, data, at) values ($1, $2, 'opportunity', 'opp_seed', $3::jsonb, $4)`,
      [...[bucket, contactId, JSON.stringify(data), handed]],
    )
  }
  for (const { kind, ago, data = {} } of lead.log ?? []) {
    await db.query(
      `insert into handoff_log (bucket, id, handoff_id, contact_id, at, kind, by_id, by_name, data)
       values ($1, nextval('handoff_log_seq'), $2, $3, $4, $5, $6, $7, $8::jsonb)`,
      [bucket, id, contactId, now - ago, kind, rep.id, rep.name, JSON.stringify({ repId: rep.id, repName: rep.name, ...data })],
    )
  }
  for (const [at, { type, ago, props = {}, points }] of (lead.events ?? []).entries()) {
    const when = now - Math.round(ago)
    await db.query('insert into event (bucket, at, id, contact_id, type, props, received_at) values ($1, $2, $3, $4, $5, $6::jsonb, $2)', [
      ...[bucket, when, `${email}/${at}`, contactId, type, JSON.stringify(props)],
    ])
    if (points === undefined) continue
    const cause = JSON.stringify({ flowId: 'flw_gone', node: `n${at}`, visit: 1 })
    await db.query(
      `insert into ledger (bucket, contact_id, key, dimension, points, at, rule, cause) values ($1, $2, $3, 'engagement', $4, $5, 'step', $6::jsonb)`,
      [...[bucket, contactId, `${email}/${at}`, points, when, cause]],
    )
  }
  return id
}
