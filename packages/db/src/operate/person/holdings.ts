/** How a table may hold something of a person, what becomes of it when the person is erased, and under which words it is exported. */
export type Holding =
  /** Rows with its id in `contact_id`. `id`: the contact's own row. */
  | { by: 'contact' | 'id'; erased: 'deleted' | 'blanked'; part: string; say: string }
  /** Rows that hang on rows of another table: `column` is that table's id. */
  | { by: 'row'; of: 'enrolment' | 'send' | 'handoff'; column: string; part: string; say: string }
  /** Rows in which one of its addresses or ids is written. */
  | { by: 'value'; columns: readonly string[]; erased: 'deleted' | 'blanked' | 'hashed'; part: string; say: string }
  /** Nothing of a person of whom Baton keeps a contact. */
  | { by: 'none'; why: string }

const none = (why: string): Holding => ({ by: 'none', why })
const CONFIG = 'made by users: what they wrote into it is theirs to change'
const NUMBERS = 'numbers and ids only'
const USER = 'of users of the workspace, not of contacts'

/** Every table there is; a test fails for one that is missing. */
export const holdings: Readonly<Record<string, Holding>> = {
  contact: { by: 'id', erased: 'blanked', part: 'person', say: 'The person: fields, consent, stage, owner.' },
  identity: { by: 'contact', erased: 'deleted', part: 'knownAs', say: 'Addresses and ids by which the person is known.' },
  consent_log: { by: 'contact', erased: 'deleted', part: 'agreed', say: 'What was agreed to or withdrawn, when and how.' },
  consent_ask: { by: 'contact', erased: 'deleted', part: 'asked', say: 'Mails by which a consent was to be confirmed.' },
  event: { by: 'contact', erased: 'deleted', part: 'events', say: 'What happened: visits, clicks, answers of forms, and the like.' },
  form_answer: {
    by: 'contact',
    erased: 'deleted',
    part: 'forms',
    say: 'Forms that were sent; what was written stands in the event of the same id.',
  },
  member: { by: 'contact', erased: 'deleted', part: 'segments', say: 'Segments and lists the person is on, and since when.' },
  ledger: { by: 'contact', erased: 'deleted', part: 'points', say: 'Points, in hundredths, with the reason of each.' },
  related: { by: 'contact', erased: 'deleted', part: 'related', say: 'The company, opportunities and purchases of the person.' },
  enrolment: { by: 'contact', erased: 'blanked', part: 'passages', say: 'Ways through flows, with where the person stands.' },
  journal: { by: 'row', of: 'enrolment', column: 'enrolment_id', part: 'steps', say: 'Every step of those ways with its reason.' },
  drawn: { by: 'contact', erased: 'deleted', part: 'draws', say: 'Which way a split drew for the person.' },
  refused: { by: 'contact', erased: 'deleted', part: 'notLetIn', say: 'Flows that did not let the person in, and why.' },
  parked: { by: 'contact', erased: 'deleted', part: 'standingStill', say: 'Steps at which the person stands still with an error.' },
  send: { by: 'contact', erased: 'blanked', part: 'mails', say: 'Mails as they went out, and what became of them.' },
  send_link: { by: 'row', of: 'send', column: 'send_id', part: 'links', say: 'Where the links of those mails lead.' },
  effect: { by: 'contact', erased: 'blanked', part: 'calls', say: 'Calls of other systems and notes to users about the person.' },
  handoff: {
    by: 'contact',
    erased: 'blanked',
    part: 'leads',
    say: 'Times at which the person was handed to sales, and what was handed over.',
  },
  handoff_log: { by: 'contact', erased: 'blanked', part: 'leadLog', say: 'What sales did with those leads, line by line.' },
  lead_draft: {
    by: 'row',
    of: 'handoff',
    column: 'handoff_id',
    part: 'leadDrafts',
    say: 'Mails of sales to the person that were not sent yet.',
  },
  inbox: { by: 'contact', erased: 'deleted', part: 'waiting', say: 'What came in and was not handled yet.' },
  dead: { by: 'contact', erased: 'deleted', part: 'failed', say: 'What came in and could not be handled.' },
  notification: { by: 'contact', erased: 'deleted', part: 'notes', say: 'Notes to users about the person.' },
  test_mail: {
    by: 'contact',
    erased: 'deleted',
    part: 'testMails',
    say: 'Mails that authors sent to themselves with the data of the person.',
  },
  suppression: { by: 'value', columns: ['value'], erased: 'hashed', part: 'stopped', say: 'Why no mail goes to an address of the person.' },
  import_reject: {
    by: 'value',
    columns: ['raw', 'reason'],
    erased: 'deleted',
    part: 'rejectedRows',
    say: 'Rows of imported files that were not taken in.',
  },
  import_key: {
    by: 'value',
    columns: ['value'],
    erased: 'deleted',
    part: 'importKeys',
    say: 'Keys of rows of an import that is under way.',
  },
  import_job: {
    by: 'value',
    columns: ['file_name', 'error'],
    erased: 'blanked',
    part: 'imports',
    say: 'Imports whose file or error names the person.',
  },
  bulk_job: {
    by: 'value',
    columns: ['target', 'action', 'error'],
    erased: 'blanked',
    part: 'bulk',
    say: 'Changes to many people that name the person.',
  },
  audit: { by: 'value', columns: ['detail', 'subject_id'], erased: 'blanked', part: 'audit', say: 'Who changed what about the person.' },
  wheel: none(NUMBERS),
  moved: none(NUMBERS),
  node_delta: none(NUMBERS),
  team_queue: none(NUMBERS),
  rep_load: none(NUMBERS),
  lease: none(NUMBERS),
  duty: none(NUMBERS),
  worker: none(NUMBERS),
  schedule: none(NUMBERS),
  scan: none(NUMBERS),
  pause: none(NUMBERS),
  throttle: none(NUMBERS),
  destination: none('hosts and domains, of nobody in particular'),
  seen: none('ids of messages, made by clients at random; gone after 30 days'),
  event_type: none('names of types'),
  flow: none(CONFIG),
  version: none(CONFIG),
  calendar: none(CONFIG),
  segment: none(CONFIG),
  form: none(CONFIG),
  topic: none(CONFIG),
  template: none(CONFIG),
  template_version: none(CONFIG),
  field: none(CONFIG),
  team: none(CONFIG),
  territory: none(CONFIG),
  workspace: none(CONFIG),
  write_key: none(CONFIG),
  secret: none(CONFIG),
  company: none('of a company; what the person has of it is a copy'),
  team_member: none(USER),
  absence: none(USER),
  rep_setting: none(USER),
  user: none(USER),
  session: none(USER),
  account: none(USER),
  verification: none(USER),
  invitation: none(USER),
  sign_in_link: none(USER),
  flow_lock: none(USER),
  draft_editor: none(USER),
  review: none(USER),
  reviewer: none(USER),
  flow_comment: none(USER),
}
