import { type Bundle, publicHolidays, publishScores } from '@baton/api'
import { agreementRow, draftOf, draftScoreModel, type Handle, saveCalendar, signAgreement } from '@baton/db'
import { type Condition, EMPTY_AGREEMENT, type FlowGraph, type Rule, scoreModel } from '@baton/engine'
import { DAY, HOUR, localDate } from '@baton/leads'
import { sampleWorkspace } from './content.ts'

type By = { id: string; name: string }

/** By which both hand-overs of the programme go. */
const AGREEMENT = 'agr_qualified'
/** Where whoever does not qualify goes on, by the step that hands over. */
const NOT_YET: Readonly<Record<string, string>> = { sales: 'over', demo: 'nurture' }

const all = (...rules: (Rule | Condition)[]): Condition => ({ combinator: 'and', rules })
const either = (...rules: Rule[]): Condition => ({ combinator: 'or', rules })
const field = (key: string, op: Rule['op'], value: NonNullable<Rule['value']>): Rule => ({ subject: { kind: 'field', key }, op, value })
const did = (type: string, days: number): Rule => ({
  subject: { kind: 'event', type, where: [], window: { kind: 'days', days } },
  op: 'ge',
  value: 1,
})

/** How the two scores count: what somebody did is half forgotten after a month. */
export const sampleDimensions: Bundle['dimensions'] = [
  { id: 'fit', name: 'Fit', cap: 10_000 },
  { id: 'engagement', name: 'Engagement', halfLifeDays: 30, cap: 15_000 },
]

/** Who gets points for what, beside what the flows give. */
export const sampleScores = scoreModel.parse({
  rules: [
    {
      ...{ kind: 'attribute', id: 'decides', name: 'Decides on finance', dimension: 'fit', points: 4000 },
      when: all(field('job_title', 'any-of', ['CFO', 'Finance Director', 'Head of Finance', 'Managing Director'])),
    },
    {
      ...{ kind: 'attribute', id: 'works_with_it', name: 'Closes the books', dimension: 'fit', points: 2000 },
      when: all(field('job_title', 'any-of', ['Controller', 'Accountant'])),
    },
    {
      ...{ kind: 'attribute', id: 'mid_sized', name: 'Big enough to need it', dimension: 'fit', points: 3000 },
      when: all(field('company_size', 'ge', 100)),
    },
    {
      ...{ kind: 'attribute', id: 'small', name: 'Too small to need it', dimension: 'fit', points: -2000 },
      when: all(field('company_size', 'lt', 25)),
    },
    {
      ...{ kind: 'attribute', id: 'near', name: 'We have an office there', dimension: 'fit', points: 1000 },
      when: all(field('country', 'any-of', ['DE', 'AT', 'CH', 'NO', 'DK'])),
    },
    {
      kind: 'behaviour',
      id: 'demo',
      name: 'Asked for a demo',
      dimension: 'engagement',
      points: 3000,
      event: 'demo.requested',
      atMost: { count: 1, days: 30 },
    },
    {
      kind: 'behaviour',
      id: 'project',
      name: 'Made a project',
      dimension: 'engagement',
      points: 1500,
      event: 'project.created',
      atMost: { count: 3, days: 30 },
    },
    {
      ...{ kind: 'behaviour', id: 'pricing', name: 'Looked at the prices', dimension: 'engagement', points: 1000, event: 'page.viewed' },
      where: [{ key: 'path', op: 'is', value: '/pricing' }],
      atMost: { count: 2, days: 7 },
    },
    {
      kind: 'behaviour',
      id: 'click',
      name: 'Clicked in a mail',
      dimension: 'engagement',
      points: 500,
      event: 'mail.clicked',
      atMost: { count: 3, days: 30 },
    },
    { kind: 'behaviour', id: 'leaves', name: 'Wants no more mail', dimension: 'engagement', points: -2500, event: 'mail.unsubscribed' },
  ],
  grade: {
    fit: { dimension: 'fit', at: [6000, 4000, 2000] },
    engagement: { dimension: 'engagement', at: [5000, 3000, 1000] },
  },
})

/** Who is a qualified lead, as both sides put it; looked at again a quarter after they signed. */
export const sampleAgreement = (at: number): Bundle['agreements'][number] => ({
  id: AGREEMENT,
  name: 'Qualified leads',
  content: {
    ...EMPTY_AGREEMENT,
    fit: all(field('company_size', 'ge', 25)),
    engagement: all(either(did('demo.requested', 30), did('project.created', 30))),
    thresholds: [{ dimension: 'engagement', atLeast: 30 }],
    returns: {
      rejected: { coolOffDays: 30, scores: 'keep' },
      lost: { coolOffDays: 90, scores: 'keep' },
      noResponse: { coolOffDays: 0, scores: 'keep' },
    },
    note: 'Sales calls within one working day. A lead that nobody has called by then goes to another rep once, and after that to the manager. Each rejection has a reason.',
    reviewOn: localDate(at + 90 * DAY, sampleWorkspace.zone),
  },
})

/** A flow that hands over by the agreement, and lets go on who does not qualify. */
export function byAgreement(graph: FlowGraph): FlowGraph {
  const drawn = graph.nodes.flatMap(({ id }) => {
    const target = NOT_YET[id]
    return target === undefined ? [] : [{ id: `${id}.not-qualified`, source: id, sourceHandle: 'not-qualified', target }]
  })
  const nodes = graph.nodes.map((it) => (NOT_YET[it.id] ? { ...it, data: { ...it.data, agreementId: AGREEMENT } } : it))
  return { ...graph, nodes, edges: [...graph.edges, ...drawn] }
}

/** Both sides put their names under it, before the first lead. */
export async function signAsAgreed(db: Handle, { marketing, sales }: { marketing: By; sales: By }, at: number): Promise<void> {
  const row = await agreementRow(db, AGREEMENT)
  const draft = row && draftOf(row)
  if (!draft) throw new Error('The agreement was not stored.')
  for (const [side, by, when] of [
    ['marketing', marketing, at - 28 * HOUR],
    ['sales', sales, at - 24 * HOUR],
  ] as const) {
    const { version, hash } = draft
    const signed = await db.transaction((tx) => signAgreement(tx, { id: AGREEMENT, version, hash, side, by, at: when }))
    if ('refused' in signed) throw new Error(`The agreement was not signed: ${signed.refused}.`)
  }
}

/** Puts the score model in force that came with the programme. */
export async function putScoresInForce(db: Handle, by: By, at: number): Promise<void> {
  const draft = await draftScoreModel(db)
  if (!draft) throw new Error('The score model was not stored.')
  const to = { db, user: by, clock: { now: () => at }, services: { nudge: () => {} } }
  await publishScores(to, { rev: draft.rev, note: 'What we agreed on with sales', acknowledged: [] })
}

/** The days on which the team is not there: the public holidays of Berlin, and two days on which the house is closed. */
export async function closingDays(db: Handle, by: By, at: number): Promise<string> {
  const year = new Date(at).getUTCFullYear()
  const years = [year, year + 1]
  const holidays = await publicHolidays('DE', 'BE', years)
  const closed = years.flatMap((it) => [
    { date: `${it}-12-24`, name: 'Closed: Christmas Eve' },
    { date: `${it}-12-31`, name: 'Closed: last day of the year' },
  ])
  const known = new Set(holidays?.map((it) => it.date))
  const workday = [{ from: '09:00', to: '17:00' }]
  const saved = await db.transaction((tx) =>
    saveCalendar(tx, {
      name: 'Berlin office',
      zone: sampleWorkspace.zone,
      hours: { 1: workday, 2: workday, 3: workday, 4: workday, 5: workday },
      holidays: [...(holidays ?? []), ...closed.filter((it) => !known.has(it.date))],
      ...{ country: 'DE', region: 'BE', by, at },
    }),
  )
  if (typeof saved === 'string') throw new Error(`The calendar was not stored: ${saved}.`)
  return saved.id
}
