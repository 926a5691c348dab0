import type { ContactEvent, ContactState, Enrolment, HandoffFact, LedgerLine, Person, RelatedFact, SendFact } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import { type Lane, type Lot, lot } from './lane.ts'

const DAY = 86_400_000
/** How far back the gate looks at mails that are over. */
const SEND_DAYS = 30

/** What the compiled plan reads of a contact's history. */
export interface LoadNeeds {
  /** Event type → days of history (Infinity: all). */
  events: ReadonlyMap<string, number>
  now: number
  /** Per bucket only for a cut inbox: events that came in behind it are not to be seen yet. */
  horizon: number | null
  /** Mails of which all sends are wanted, however long ago. */
  mails: ReadonlySet<string>
  /** Kinds of related records that are read. */
  related: ReadonlySet<string>
  /** Whether any step asks which way was kept for somebody. */
  drawn: boolean
}

type Row<T> = T & { contactId: number }

interface PersonRow extends Omit<Person, 'fields' | 'folded' | 'consent' | 'suppressed' | 'restUntil'> {
  facts: Facts
}

const person = (row: PersonRow): Person => ({
  id: row.id,
  key: row.key,
  zone: row.zone,
  ownerSide: row.ownerSide,
  ownerId: row.ownerId,
  stage: row.stage,
  fields: row.facts.f,
  folded: row.facts.k,
  consent: row.facts.c,
  suppressed: row.facts.s ?? null,
  createdAt: row.createdAt,
  ...(row.facts.r === undefined ? {} : { restUntil: row.facts.r }),
})

/** A mutable ContactState under construction. */
interface Draft {
  person: Person
  enrolments: Enrolment[]
  past: ContactState['past'][number][]
  members: Record<string, number>
  rechecks: Record<string, number>
  events: ContactEvent[]
  ledger: LedgerLine[]
  sends: SendFact[]
  handoffs: HandoffFact[]
  related: RelatedFact[]
  drawn: Record<string, string>
}

const empty = (who: Person): Draft => ({
  person: who,
  enrolments: [],
  past: [],
  members: {},
  rechecks: {},
  events: [],
  ledger: [],
  sends: [],
  handoffs: [],
  related: [],
  drawn: {},
})

/**
 * The states of contacts, by a few statements for all of them. Deleted and merged contacts are not among them.
 * @returns contact id → what a turn may read
 */
export async function loadStates(sql: Sql, lane: Lane, ids: readonly number[], needs: LoadNeeds): Promise<Map<number, ContactState>> {
  const drafts = new Map<number, Draft>()
  if (ids.length === 0) return drafts
  const wanted = ids.map((id) => ({ bucket: id % 1024, id }))
  const ask = <T extends object>(text: (q: Lot) => string) => {
    const q = lot(lane, wanted, 'id bigint')
    const statement = text(q)
    return sql.query<T>(statement, q.params)
  }
  // What goes into a state is written out below: to leave a key out of a row costs more than to read it.
  const into = <T extends object>(rows: readonly Row<T>[], put: (draft: Draft, row: Row<T>) => void) => {
    for (const row of rows) {
      const draft = drafts.get(row.contactId)
      if (draft) put(draft, row)
    }
  }

  for (const row of await ask<PersonRow>(
    (q) => `select c.id, c.key, c.zone, c.owner_side as "ownerSide", c.owner_id as "ownerId", c.stage, c.facts, c.created_at as "createdAt"
            from ${q.v} join contact c on ${q.on('c')} and c.id = v.id where c.deleted_at is null and c.merged_into is null`,
  )) {
    drafts.set(row.id, empty(person(row)))
  }

  into(
    await ask<Row<Enrolment>>(
      (
        q,
      ) => `select e.contact_id as "contactId", e.id, e.flow_id as "flowId", e.key, e.entry, e.version, e.node, e.node_since as "nodeSince",
                     e.entered_at as "enteredAt", e.due_at as "dueAt", e.seq, e.vars
              from ${q.v} join enrolment e on ${q.on('e')} and e.contact_id = v.id where e.gen = 0 order by e.flow_id collate "C", e.key collate "C"`,
    ),
    (draft, { id, flowId, key, entry, version, node, nodeSince, enteredAt, dueAt, seq, vars }) =>
      draft.enrolments.push({ id, flowId, key, entry, version, node, nodeSince, enteredAt, dueAt, seq, vars }),
  )
  into(
    await ask<Row<ContactState['past'][number]>>(
      // By `ended_at`, which no index has: asked for `gen > 0`, a planner that believes that nobody has a past yet walks the index of flows.
      (q) => `select e.contact_id as "contactId", e.flow_id as "flowId", e.key, max(e.entry) as entry, max(e.ended_at) as "endedAt"
              from ${q.v} join enrolment e on ${q.on('e')} and e.contact_id = v.id where e.ended_at is not null group by 1, 2, 3`,
    ),
    (draft, { flowId, key, entry, endedAt }) => draft.past.push({ flowId, key, entry, endedAt }),
  )
  into(
    await ask<Row<{ segmentId: string; since: number | null; recheckAt: number | null }>>(
      (q) => `select m.contact_id as "contactId", m.segment_id as "segmentId", m.since, m.recheck_at as "recheckAt"
              from ${q.v} join member m on ${q.on('m')} and m.contact_id = v.id`,
    ),
    (draft, row) => {
      if (row.since !== null) draft.members[row.segmentId] = row.since
      if (row.recheckAt !== null) draft.rechecks[row.segmentId] = row.recheckAt
    },
  )
  if (needs.events.size > 0) {
    into(
      await ask<Row<Omit<ContactEvent, 'machine' | 'historic'> & { origin: string }>>((q) => {
        const types = q.add(
          JSON.stringify(
            [...needs.events].map(([type, days]) => ({ type, since: Number.isFinite(days) ? needs.now - days * DAY : -1e15 })),
          ),
        )
        const behind = needs.horizon === null ? '' : ` and e.seq <= ${q.add(needs.horizon)}`
        return `select e.contact_id as "contactId", e.id, e.type, e.props, e.at as "occurredAt", e.received_at as "receivedAt", e.origin
                from ${q.v} cross join json_to_recordset(${types}::json) as t(type text, since bigint)
                join event e on ${q.on('e')} and e.contact_id = v.id and e.type = t.type and e.at >= t.since${behind} order by e.at, e.id collate "C"`
      }),
      (draft, { id, type, props, occurredAt, receivedAt, origin }) =>
        draft.events.push({
          ...{ id, type, props, occurredAt, receivedAt },
          ...(origin.includes('m') ? { machine: true } : {}),
          ...(origin.includes('h') ? { historic: true } : {}),
        }),
    )
  }
  into(
    await ask<Row<Omit<LedgerLine, 'since'> & { since: number | null }>>(
      // What was taken back counts no longer, and never again.
      (q) => `select g.contact_id as "contactId", g.key, g.dimension, g.points, g.at, g.rule, g.cause, g.held, g.since
              from ${q.v} join ledger g on ${q.on('g')} and g.contact_id = v.id where g.until is null order by g.at, g.key collate "C"`,
    ),
    (draft, { key, dimension, points, at, rule, cause, held, since }) => {
      const line: LedgerLine = { key, dimension, points, at, rule, cause }
      if (held) line.held = held
      if (since !== null) line.since = since
      draft.ledger.push(line)
    },
  )
  const ever = (q: Lot) => (needs.mails.size > 0 ? ` or s.template_id = any(${q.add([...needs.mails])}::text[])` : '')
  into(
    await ask<Row<SendFact>>(
      (q) => `select s.contact_id as "contactId", s.key, s.template_id as "templateId", s.at, s.status, s.purpose, s.topic
              from ${q.v} join send s on ${q.on('s')} and s.contact_id = v.id
              where (s.status = 'queued' or s.at >= ${q.add(needs.now - SEND_DAYS * DAY)}${ever(q)}) order by s.at, s.key collate "C"`,
    ),
    (draft, { key, templateId, at, status, purpose, topic }) => draft.sends.push({ key, templateId, at, status, purpose, topic }),
  )
  into(
    await ask<
      Row<{
        key: string
        teamId: string
        repId: string | null
        state: HandoffFact['state']
        attempt: number
        node: string
        flowId: string
        objectKey: string
        entry: number
      }>
    >(
      (
        q,
      ) => `select h.contact_id as "contactId", h.key, h.team_id as "teamId", h.known_rep as "repId", h.known_state as state, h.attempt, h.node,
                     h.flow_id as "flowId", h.object_key as "objectKey", h.entry
              from ${q.v} join handoff h on ${q.on('h')} and h.contact_id = v.id
              where h.known_state <> 'closed' order by h.created_at, h.key collate "C"`,
    ),
    (draft, { key, teamId, repId, state, attempt, node, flowId, objectKey, entry }) =>
      draft.handoffs.push({ key, teamId, repId, state, attempt, enrolment: { flowId, key: objectKey, entry }, node }),
  )
  if (needs.related.size > 0) {
    into(
      await ask<Row<RelatedFact>>(
        (q) => `select r.contact_id as "contactId", r.kind, r.id, r.data, r.folded, r.at
                from ${q.v} join related r on ${q.on('r')} and r.contact_id = v.id
                where r.kind = any(${q.add([...needs.related])}::text[]) order by r.kind collate "C", r.id collate "C"`,
      ),
      (draft, { kind, id, data, folded, at }) => draft.related.push({ kind, id, data, folded, at }),
    )
  }
  if (needs.drawn) {
    into(
      await ask<Row<{ flowId: string; node: string; way: string }>>(
        (q) => `select d.contact_id as "contactId", d.flow_id as "flowId", d.node, d.way
                from ${q.v} join drawn d on ${q.on('d')} and d.contact_id = v.id`,
      ),
      (draft, { flowId, node, way }) => {
        draft.drawn[`${flowId}/${node}`] = way
      },
    )
  }
  return drafts
}
