import { bumpPlan, createFlow, createIds, ensureMonths, type Handle, publishFlow, USUAL_HOURS } from '@baton/db'
import { EMPTY_AGREEMENT, type FieldDefinition, foldProps, planHash, type SalesTeam } from '@baton/engine'
import { BUNDLE_START, type Bundle, type BundleContact, programmeCatalog, sharedFields } from '@baton/engine/testing'
import { bucketOf, businessCalendar, compareText } from '@baton/leads'

/** The seed of the dice. */
export const SEED = 'fidelity'
const BY = { id: 'usr_soak', name: 'Soak' }

/** What the workspace makes of bundles: who is who, and who takes leads. */
export interface Laid {
  /** Contact key → id, in the order of keys. */
  ids: ReadonlyMap<string, number>
  teams: readonly SalesTeam[]
}

type Rows = readonly Readonly<Record<string, unknown>>[]

/** Rows of a table by one statement; `columns` with their types. */
async function insert(handle: Handle, table: string, columns: string, rows: Rows): Promise<void> {
  if (rows.length === 0) return
  const names = columns.split(', ').map((it) => it.split(' ')[0])
  await handle.query(`insert into ${table} (${names}) select ${names} from json_to_recordset($1::json) as v(${columns})`, [
    JSON.stringify(rows),
  ])
}

/**
 * Fills a migrated database with bundles: everything around the flows, the flows published, people with the history that they bring along.
 * A statement for each table, as many bundles stand in one workspace.
 */
export async function lay(handle: Handle, bundles: readonly Bundle[], sending: object): Promise<Laid> {
  const settings = { zone: programmeCatalog.workspaceZone, dimensions: bundles.flatMap((it) => it.dimensions), seed: SEED, sending }
  await handle.query('update workspace set settings = settings || $1::jsonb', [JSON.stringify(settings)])
  const fields: readonly FieldDefinition[] = [...sharedFields, ...bundles.flatMap((it) => it.fields)]
  await handle.query(
    `insert into field (key, label, type, options, created_at) select v.key, v.label, v.type, v.options, 0
     from json_to_recordset($1::json) as v(key text, label text, type text, options jsonb) on conflict (key) do nothing`,
    [JSON.stringify(fields)],
  )
  await insert(
    handle,
    'template',
    'id text, name text, purpose text, created_at bigint, updated_at bigint',
    bundles.flatMap((it) => it.templates.map(({ id, name, purpose }) => ({ id, name, purpose, created_at: 0, updated_at: 0 }))),
  )
  const kept = { status: 'ready', created_at: 0, updated_at: 0 }
  await insert(
    handle,
    'segment',
    'id text, name text, kind text, condition jsonb, status text, created_at bigint, updated_at bigint',
    bundles.flatMap(({ segments, list }) => [
      ...segments.map(({ id, condition }) => ({ id, name: id, kind: 'rule', condition, ...kept })),
      { id: list, name: list, kind: 'list', condition: { combinator: 'and', rules: [] }, ...kept },
    ]),
  )
  const agreements = bundles.flatMap((it) => it.agreements)
  await insert(
    handle,
    'agreement',
    'id text, name text, created_at bigint',
    agreements.map(({ id }) => ({ id, name: id, created_at: 0 })),
  )
  await insert(
    handle,
    'agreement_version',
    'agreement_id text, version integer, content jsonb, hash text, created_at bigint, updated_at bigint, in_force_at bigint',
    agreements.map(({ id, qualifies, ...terms }) => {
      const content = { ...EMPTY_AGREEMENT, ...terms, fit: qualifies }
      return { agreement_id: id, version: 1, content, hash: id, created_at: 0, updated_at: 0, in_force_at: 0 }
    }),
  )
  // Where any company is known, zones may come from one.
  await insert(handle, 'company', 'id text, name text, data jsonb, created_at bigint, updated_at bigint', [
    { id: 'r', name: 'R', data: {}, created_at: 0, updated_at: 0 },
  ])
  const teams = await layTeams(handle, bundles)
  await handle.transaction(async (tx) => {
    for (const { id, graph, share } of bundles.flatMap((it) => it.flows)) {
      await createFlow(tx, { id, name: id, graph, by: BY, at: 0 })
      const [flow] = await tx.query<{ rev: number }>('select draft_rev as rev from flow where id = $1', [id])
      await publishFlow(tx, { id, rev: flow?.rev ?? 0, hash: planHash(graph), notes: '', by: BY, at: BUNDLE_START, enrolAt: [] })
      if (share < 1) await tx.query('update flow set share = $2 where id = $1', [id, share])
    }
    await bumpPlan(tx)
  })
  const ids = await layPeople(
    handle,
    bundles.flatMap((it) => it.contacts),
  )
  return { ids, teams }
}

async function layTeams(handle: Handle, bundles: readonly Bundle[]): Promise<SalesTeam[]> {
  const teams = bundles.flatMap((it) => it.teams)
  const repsOf = ({ id, reps, cap }: (typeof teams)[number]) =>
    Array.from({ length: reps }, (_, i) => ({ id: `${id}.${i + 1}`, name: `${id} ${i + 1}`, weight: 1, cap, active: true, absences: [] }))
  const reps = teams.flatMap((team) => repsOf(team).map((rep) => ({ team: team.id, ...rep })))
  await insert(
    handle,
    '"user"',
    'id text, name text, email text, role text, active boolean',
    reps.map(({ id, name }) => ({ id, name, email: `${id}@rep.invalid`, role: 'sales_rep', active: true })),
  )
  await insert(
    handle,
    'team',
    'id text, name text, created_at bigint',
    teams.map(({ id }) => ({ id, name: id, created_at: 0 })),
  )
  await insert(
    handle,
    'team_member',
    'team_id text, user_id text, weight integer, cap integer, active boolean',
    reps.map(({ team, id, weight, cap, active }) => ({ team_id: team, user_id: id, weight, cap, active })),
  )
  return teams.map((team) => ({
    id: team.id,
    hours: businessCalendar(USUAL_HOURS)(programmeCatalog.workspaceZone),
    queueMinutes: null,
    reps: repsOf(team),
  }))
}

async function layPeople(handle: Handle, contacts: readonly BundleContact[]): Promise<Map<string, number>> {
  const buckets = contacts.map(({ state }) => bucketOf(state.person.key))
  const taken = await createIds(handle).take(buckets)
  const people = contacts.map(({ state }, i) => ({ state, bucket: buckets[i] ?? 0, id: taken[i] ?? 0 }))
  await ensureMonths(
    handle,
    people.flatMap(({ state }) => state.events.map((it) => it.occurredAt)),
  )
  await insert(
    handle,
    'contact',
    'bucket smallint, id bigint, key text, zone text, facts jsonb, stage text, owner_side text, created_at bigint',
    people.map(({ state: { person }, bucket, id }) => ({
      bucket,
      id,
      key: person.key,
      zone: person.zone,
      facts: { f: person.fields, k: person.folded, c: person.consent, ...(person.suppressed ? { s: person.suppressed } : {}) },
      stage: person.stage,
      owner_side: person.ownerSide,
      created_at: person.createdAt,
    })),
  )
  await insert(
    handle,
    'event',
    'bucket smallint, at bigint, id text, contact_id bigint, type text, props jsonb, folded jsonb, received_at bigint, origin text',
    people.flatMap(({ state, bucket, id }) =>
      state.events.map((it) => ({
        bucket,
        at: it.occurredAt,
        id: it.id,
        contact_id: id,
        type: it.type,
        props: it.props,
        folded: foldProps(it.props),
        received_at: it.receivedAt,
        origin: it.machine ? 'm' : '',
      })),
    ),
  )
  await insert(
    handle,
    'related',
    'bucket smallint, contact_id bigint, kind text, id text, data jsonb, folded jsonb, at bigint',
    people.flatMap(({ state, bucket, id }) => state.related.map((it) => ({ bucket, contact_id: id, ...it }))),
  )
  await insert(
    handle,
    'ledger',
    'bucket smallint, contact_id bigint, key text, dimension text, points integer, at bigint, rule text, cause jsonb',
    people.flatMap(({ state, bucket, id }) => state.ledger.map((it) => ({ bucket, contact_id: id, ...it }))),
  )
  await insert(
    handle,
    'member',
    'bucket smallint, contact_id bigint, segment_id text, since bigint',
    people.flatMap(({ state, bucket, id }) =>
      Object.entries(state.members).map(([segment_id, since]) => ({ bucket, contact_id: id, segment_id, since })),
    ),
  )
  return new Map(people.map(({ state, id }) => [state.person.key, id] as const).sort(([a], [b]) => compareText(a, b)))
}
