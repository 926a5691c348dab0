import type { Person, RelatedFact } from '@baton/engine'
import type { Sql } from '../../open/handle.ts'
import type { Facts } from '../../schema/contact.ts'
import type { FlowStatus } from '../../schema/flow.ts'
import { type Lane, lot } from '../turns/lane.ts'

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

/** The facts for mails that are about to go out, by the id of the send; one statement for all of them. */
export async function dispatchFacts(
  sql: Sql,
  lane: Lane,
  sends: readonly { bucket: number; id: number; contactId: number; flowId: string; templateId: string }[],
): Promise<Map<number, DispatchFacts>> {
  if (sends.length === 0) return new Map()
  const rows = sends.map(({ bucket, id, contactId, flowId, templateId }) => ({
    bucket,
    id,
    contact: contactId,
    flow: flowId,
    template: templateId,
  }))
  const q = lot(lane, rows, 'id bigint, contact bigint, flow text, template text')
  const found = await sql.query<Omit<DispatchFacts, 'person'> & { send: number; person: PersonRow | null }>(
    `select v.id as send, f.status as flow, t.version as "templateVersion", t.topic_id as "templateTopic",
            (select x.reason from suppression x where x.value = lower(c.facts -> 'f' ->> 'email')) as "addressStopped",
            case when c.id is null then null else jsonb_build_object('id', c.id, 'key', c.key, 'zone', c.zone, 'ownerSide', c.owner_side,
              'ownerId', c.owner_id, 'stage', c.stage, 'facts', c.facts, 'createdAt', c.created_at) end as person,
            (select ${COMPANY} from related r where ${q.on('r')} and r.contact_id = v.contact and r.kind = 'company' limit 1) as company,
            exists (select 1 from inbox i where ${q.on('i')} and i.contact_id = v.contact and ${MAY_STOP}) as wait
     from ${q.v} left join contact c on ${q.on('c')} and c.id = v.contact and c.deleted_at is null and c.merged_into is null
     left join flow f on f.id = v.flow left join template t on t.id = v.template`,
    q.params,
  )
  return new Map(found.map(({ send, person, ...row }) => [send, { ...row, person: person && personOf(person) }]))
}
