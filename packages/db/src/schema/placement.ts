/** Where a table lives once the database is spread over machines; the whole of it on one machine. */
export type Placement =
  /** By `bucket`, beside the contact's other rows. */
  | { at: 'hot' }
  /** By a value of its own, e.g. an address or a team; `beside`: equal values lie where those of that table do. */
  | { at: 'byValue'; column: string; beside?: string }
  /** A copy on every machine: small, read by all, written by admins. */
  | { at: 'reference' }
  /** On the coordinator only. */
  | { at: 'local' }

const hot: Placement = { at: 'hot' }
const reference: Placement = { at: 'reference' }
const local: Placement = { at: 'local' }

/** Every table is named here; a table that is missing fails a test. */
export const placement: Readonly<Record<string, Placement>> = {
  contact: hot,
  event: hot,
  inbox: hot,
  dead: hot,
  enrolment: hot,
  wheel: hot,
  journal: hot,
  ledger: hot,
  send: hot,
  send_link: hot,
  effect: hot,
  drawn: hot,
  related: hot,
  member: hot,
  handoff: hot,
  handoff_log: hot,
  lead_draft: hot,
  moved: hot,
  node_delta: hot,
  form_answer: hot,
  consent_ask: hot,
  consent_log: hot,
  refused: hot,
  parked: hot,
  lease: hot,
  identity: { at: 'byValue', column: 'value' },
  seen: { at: 'byValue', column: 'message_id' },
  suppression: { at: 'byValue', column: 'value', beside: 'identity' },
  team_queue: { at: 'byValue', column: 'team_id' },
  rep_load: { at: 'byValue', column: 'team_id' },
  throttle: { at: 'byValue', column: 'place' },
  destination: { at: 'byValue', column: 'name' },
  flow: reference,
  version: reference,
  pause: reference,
  calendar: reference,
  segment: reference,
  form: reference,
  topic: reference,
  template: reference,
  template_version: reference,
  field: reference,
  team: reference,
  team_member: reference,
  absence: reference,
  territory: reference,
  rep_setting: reference,
  event_type: reference,
  workspace: reference,
  write_key: reference,
  company: reference,
  secret: reference,
  user: reference,
  session: local,
  account: local,
  verification: local,
  invitation: local,
  sign_in_link: local,
  import_job: local,
  import_reject: local,
  import_key: local,
  bulk_job: local,
  scan: local,
  schedule: local,
  test_mail: local,
  notification: local,
  audit: local,
  flow_lock: local,
  draft_editor: reference,
  review: reference,
  reviewer: reference,
  flow_comment: reference,
  duty: local,
  worker: local,
}
