/** What can be in trouble for good: nothing happens to it any more unless somebody decides. */
export const troubleKinds = ['mail', 'unknown', 'call', 'note', 'person', 'item'] as const
/**
 * - mail: failed; unknown: nobody knows whether it arrived; call, note: failed.
 * - person: stands still in a flow with an error; item: something about a person that no turn could handle.
 */
export type TroubleKind = (typeof troubleKinds)[number]

const mails = (kind: TroubleKind, status: string) =>
  `select '${kind}' as kind, s.bucket, s.id, s.contact_id, s.flow_id, s.node, s.at, coalesce(s.last_error, '') as error, s.attempts,
     coalesce(s.subject, (select t.name from template t where t.id = s.template_id)) as about
   from send s where s.status = '${status}' and s.given_up_at is null and s.bounced_at is null`

const effects = (kind: TroubleKind, of: string) =>
  `select '${kind}' as kind, e.bucket, e.id, e.contact_id, e.flow_id, e.node, e.at, coalesce(e.last_error, '') as error, e.attempts,
     coalesce(e.payload ->> 'url', e.payload ->> 'text') as about
   from effect e where e.status = 'failed' and e.kind = '${of}' and e.kind <> 'throttle' and e.given_up_at is null`

/** The database refuses to take values out of JSON in which a NUL or half a character stands: one such item must not hide all the others. */
const READABLE = String.raw`d.payload::text !~* '\\u(0000|d[89a-f])'`

/**
 * Each kind as rows of one form; `id` is unique within its kind. An address that was refused for good is no trouble: it gets no mail any
 * more, and nothing is to be decided.
 */
export const SOURCES: Readonly<Record<TroubleKind, string>> = {
  mail: mails('mail', 'failed'),
  unknown: mails('unknown', 'unknown'),
  call: effects('call', 'webhook'),
  note: effects('note', 'notify'),
  person: `select 'person' as kind, p.bucket, p.enrolment_id as id, p.contact_id, p.flow_id, p.node, p.at, p.error, null::int as attempts, null::text as about
    from parked p join enrolment e on e.bucket = p.bucket and e.id = p.enrolment_id where e.gen = 0 and e.vars ? 'parked'`,
  item: `select 'item' as kind, d.bucket, d.seq as id, d.contact_id, coalesce(case when ${READABLE} then d.payload ->> 'flowId' end, '') as flow_id,
      '' as node, d.failed_at as at, d.error, null::int as attempts,
      case when d.kind = 'event' and ${READABLE} then d.payload -> 'event' ->> 'type' else d.kind end as about
    from dead d`,
}

/**
 * An error without what differs from case to case: addresses, numbers of messages and of queues. What is left is the same for all that
 * failed for the same reason.
 */
export const sameError = (column: string): string =>
  `regexp_replace(regexp_replace(${column}, '[^[:space:]<>()“”]+@[^[:space:]<>()“”]+', '…', 'g'), '[0-9A-Za-z_.-]*[0-9][0-9A-Za-z_.-]{7,}', '…', 'g')`
