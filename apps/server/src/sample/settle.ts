import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Bundle, EMPTY_BUNDLE, importBundle, storedDimension } from '@baton/api'
import { appendItems, copyOf, createUser, type Handle, type Ids, idsOfAddresses, saveCompanies, saveTeam, updateWorkspace } from '@baton/db'
import { type FlowGraph, kindOf } from '@baton/engine'
import { sampleCatalog, sampleFlows, sampleSegments } from '@baton/engine/fixtures'
import { importFile } from '../imports/file.ts'
import { byAgreement, closingDays, putScoresInForce, sampleAgreement, sampleDimensions, sampleScores, signAsAgreed } from './agreed.ts'
import { JONAS, MARTA, sampleMails, sampleReps, sampleWorkspace } from './content.ts'
import { type SamplePerson, sampleCompanies, sampleCsv } from './people.ts'

/** The sample flows that the programme runs; the bank's campaign waits for the bank's own file. */
const RUNNING = ['flw_trial', 'flw_webinar', 'flw_reengage']
/** What sales promises: first contact within a working day, else the next rep gets it, and at last the manager. */
const PROMISE = { v: 2, level: { minutes: 480, remindBefore: 120 }, redistribute: 1, afterBreach: 'manager' }
const OWN_FIELDS = ['plan', 'company_size', 'trial_step', 'newsletter', 'last_order']

/** What the programme is made of, as the bundle that another installation would send. */
function programme(at: number): Bundle {
  const handsOver = (type: string): boolean => kindOf(type)?.category === 'sales' && kindOf(type)?.rests === true
  const promised = (graph: FlowGraph): FlowGraph => ({
    ...graph,
    nodes: graph.nodes.map((node) => (handsOver(node.type) ? { ...node, data: { ...node.data, ...PROMISE } } : node)),
  })
  const flows = sampleFlows
    .filter((it) => RUNNING.includes(it.id))
    .map(({ id, name, graph }) => ({ id, name, graph: byAgreement(promised(graph)) }))
  const templates = sampleCatalog.templates.flatMap(({ id, name, purpose }) => {
    const source = sampleMails[id]
    return source ? [{ id, name, purpose, subject: source.subject, preheader: source.preheader, body: source.body, text: source.text }] : []
  })
  return {
    ...EMPTY_BUNDLE,
    flows,
    fields: sampleCatalog.fields.filter((it) => OWN_FIELDS.includes(it.key)),
    segments: sampleSegments.filter((it) => it.id !== 'seg_prospects').map((it) => ({ ...it })),
    templates,
    teams: [{ id: 'team_inbound', name: 'Inbound sales', members: sampleReps.length }],
    scoreModel: sampleScores,
    agreements: [sampleAgreement(at)],
    zone: sampleWorkspace.zone,
  }
}

/** What is made before anybody comes in: the flows as drafts, and who works here. */
export interface Settled {
  flows: string[]
  staff: Staff
}

/** The two beside the reps: one draws and signs for marketing, the other answers for sales. */
export interface Staff {
  marta: { id: string; name: string }
  jonas: { id: string; name: string }
}

/** Settings, people, team, closing days, fields, segments, mails, scores, the agreement, and the flows as drafts. */
export async function settle(db: Handle, by: { id: string; name: string }, at: number): Promise<Settled> {
  await updateWorkspace(db, { ...sampleWorkspace, dimensions: sampleDimensions.map((it) => storedDimension(it, undefined)) })
  const { flows } = await importBundle(db, programme(at), { at, by, keepIds: true })
  const staff = await db.transaction(async (tx) => ({
    marta: await createUser(tx, { ...MARTA, passwordHash: '', at }),
    jonas: await createUser(tx, { ...JONAS, passwordHash: '', at }),
  }))
  const calendarId = await closingDays(db, staff.jonas, at)
  await db.transaction(async (tx) => {
    const members: { userId: string; weight: number; cap: number | null; active: boolean }[] = []
    for (const { name, email, weight, cap } of sampleReps) {
      const rep = await createUser(tx, { name, email, role: 'sales_rep', passwordHash: '', at })
      members.push({ userId: rep.id, weight, cap, active: true })
    }
    // Whoever loads the programme gets leads too, and those that nobody answers: the desk has something to show.
    members.push({ userId: by.id, weight: 1, cap: 10, active: true })
    await saveTeam(tx, { id: 'team_inbound', name: 'Inbound sales', calendarId, managerId: by.id, members, at })
  })
  await putScoresInForce(db, staff.marta, at)
  await signAsAgreed(db, { marketing: staff.marta, sales: staff.jonas }, at)
  return { flows: flows.map((it) => it.id), staff }
}

/** Brings the people in by the importer, from a file like any other. */
export async function bringPeopleIn(
  parts: { db: Handle; ids: Ids; dir: string; now: number; by: { id: string; name: string } },
  people: readonly SamplePerson[],
): Promise<void> {
  if (people.length === 0) return
  const { db, ids, dir, now, by } = parts
  const path = join(dir, `newsletter-readers-${new Date(now).toISOString().slice(0, 10)}.csv`)
  await writeFile(path, sampleCsv(people))
  const to = { db, ids, clock: { now: () => now }, nudge: () => {} }
  const job = await importFile(to, path, { key: 'email', consentSource: 'Ticked the box of the newsletter form' }, by)
  if (job.status !== 'done') throw new Error(`The people could not be imported: ${job.error ?? job.status}`)
}

/** Puts everybody into the company they work for, as a page of a company does. @param since when somebody came in, 0: the first of them */
export async function bringIntoCompanies(
  db: Handle,
  people: readonly SamplePerson[],
  { at, since }: { at: number; since: (week: number) => number },
): Promise<void> {
  await db.transaction(async (tx) => {
    const known = await idsOfAddresses(
      tx,
      people.map((it) => it.email),
    )
    const named = [...new Set(people.map((it) => it.company))].flatMap((it) => sampleCompanies.get(it) ?? [])
    const saved = await saveCompanies(tx, named, since(0))
    const entries = people.flatMap(({ email, company, week }) => {
      const contactId = known.get(email)
      const joined = saved.get(sampleCompanies.get(company)?.id ?? '')?.company
      if (contactId === undefined || joined === undefined) return []
      const item = { kind: 'related', at, of: 'company', id: joined.id, data: copyOf(joined), occurredAt: since(week) } as const
      return [{ contactId, item }]
    })
    await appendItems(tx, entries)
  })
}
