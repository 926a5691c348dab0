import type { PassageData, Person, RelatedFact } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import type { FlowStatus } from '../../schema/flow.ts'
import { byLane, nearest, type Reach } from '../reach.ts'
import { type Lane, lot } from '../turns/lane.ts'
import type { ClaimedSend } from './claim.ts'

/** What is looked at once more just before a mail goes out. */
export interface DispatchFacts {
  /** null: deleted, or not there any more. */
  person: Person | null
  /** The person's company, whose zone may be theirs; null: none. */
  company: RelatedFact | null
  /** null: the flow is not there any more. */
  flow: FlowStatus | null
  /** The version to render; null: there is no such template any more. */
  templateVersion: number | null
  /** The topic that the template has now; null: none of its own. */
  templateTopic: string | null
  /** The reason for which the person's address gets no mail, whatever is known of the person. */
  addressStopped: string | null
  /** What the passage carries that asked for the mail, also when it is over; null: nothing, or its row went with age. */
  carried: PassageData | null
  /** Something waits in the contact's inbox that may forbid the mail: an answer, a suppression, what reaches a goal. Look again in a moment. */
  wait: boolean
}

/** What a turn may still make of it: an answer, a goal, a rule for leaving, a move. That a mail left is not such news. */
const MAY_STOP = `not (i.kind = 'event' and i.payload -> 'event' ->> 'type' in ('mail.sent', 'mail.withdrawn'))`

/** A person as turns read it, from the row of `contact`. */
export interface PersonRow extends Omit<Person, 'fields' | 'folded' | 'consent' | 'suppressed'> {
  facts: Facts
}

export const personOf = ({ facts, ...row }: PersonRow): Person => ({
  ...row,
  fields: facts.f,
  folded: facts.k,
  consent: facts.c,
  suppressed: facts.s ?? null,
})

export const PERSON_COLUMNS = `c.id, c.key, c.zone, c.owner_side as "ownerSide", c.owner_id as "ownerId", c.stage, c.facts, c.created_at as "createdAt"`

const COMPANY = `jsonb_build_object('kind', r.kind, 'id', r.id, 'data', r.data, 'folded', r.folded, 'at', r.at)`

/** The company of one person, whose zone may be theirs; undefined: none. */
export async function companyOf(sql: Sql, contactId: number): Promise<RelatedFact | undefined> {
  const [row] = await sql.query<{ company: RelatedFact }>(
    `select ${COMPANY} as company from related r where r.bucket = $1::smallint and r.contact_id = $2 and r.kind = 'company' limit 1`,
    [contactId % 1024, contactId],
  )
  return row?.company
}

type AboutToGo = Pick<ClaimedSend, 'bucket' | 'id' | 'contactId' | 'flowId' | 'templateId'>

interface Found extends Omit<DispatchFacts, 'person' | 'addressStopped'> {
  send: number
  person: PersonRow | null
  address: string | null
}

/** The facts for mails that are about to go out, by the id of the send; two statements for all of them on one machine. */
export async function dispatchFacts(sql: Reach, lane: Lane, sends: readonly AboutToGo[]): Promise<Map<number, DispatchFacts>> {
  const found: Found[] = []
  for (const [part, own] of byLane(sql, lane, sends)) {
    found.push(...(await factsOf(part.kind === 'one' ? nearest(sql, part.bucket) : sql, part, own)))
  }
  const addresses = found.flatMap(({ address }) => (address === null ? [] : [address]))
  // Addresses lie by their value, the person's rows by the person: asked one after the other.
  const rows =
    addresses.length === 0
      ? []
      : await sql.query<{ value: string; reason: string }>('select value, reason from suppression where value = any($1::text[])', [
          addresses,
        ])
  const stopped = new Map(rows.map((row) => [row.value, row.reason]))
  return new Map(
    found.map(({ send, person, address, ...row }) => [
      send,
      { ...row, addressStopped: (address === null ? undefined : stopped.get(address)) ?? null, person: person && personOf(person) },
    ]),
  )
}

function factsOf(sql: Sql, lane: Lane, sends: readonly AboutToGo[]): Promise<Found[]> {
  const rows = sends.map(({ bucket, id, contactId, flowId, templateId }) => ({
    bucket,
    id,
    contact: contactId,
    flow: flowId,
    template: templateId,
  }))
  const q = lot(lane, rows, 'id bigint, contact bigint, flow text, template text')
  return sql.query<Found>(
    `select v.id as send, f.status as flow, t.version as "templateVersion", t.topic_id as "templateTopic",
            lower(c.facts -> 'f' ->> 'email') as address, e.vars -> 'data' as carried,
            case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'zone', c.zone, 'ownerSide', c.owner_side,
              'ownerId', c.owner_id, 'stage', c.stage, 'facts', c.facts, 'createdAt', c.created_at) end as person,
            (select ${COMPANY} from related r where ${q.on('r')} and r.contact_id = v.contact and r.kind = 'company' limit 1) as company,
            exists (select 1 from inbox i where ${q.on('i')} and i.contact_id = v.contact and ${MAY_STOP}) as wait
     from ${q.v} left join contact c on ${q.on('c')} and c.id = v.contact and c.deleted_at is null and c.merged_into is null
     left join send s on ${q.on('s')} and s.id = v.id left join enrolment e on ${q.on('e')} and e.contact_id = v.contact
       and e.flow_id = s.flow_id and e.key = s.object_key and e.gen in (0, s.entry) and e.entry = s.entry
     left join flow f on f.id = v.flow left join template t on t.id = v.template`,
    q.params,
  )
}
