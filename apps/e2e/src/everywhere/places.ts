/** An address, and what opens there by one press: the names of buttons, as people read them. `{…}` is filled by the test. */
export type Place = readonly [address: string, ...opens: readonly RegExp[]]

/** The navigation and what stands behind it. */
export const PAGES: readonly Place[] = [
  ['/'],
  ['/flows', /^Programmes$/],
  ['/contacts', /^Add a person$/, /^Filter$/, /^Columns$/],
  ['/contacts/{contact}'],
  ['/contacts/fields', /^New field$/, /^Change Plan$/, /^Delete Plan$/],
  ['/companies', /^New company$/],
  ['/companies/{company}', /^Edit…$/],
  ['/segments', /^New list$/],
  ['/segments/new', /^Add a condition$/],
  ['/segments/{segment}', /^Subject: /, /^Comparison: /, /^Value: /],
  ['/forms'],
  ['/forms/new'],
  ['/templates', /^New message$/],
  ['/templates/{template}', /^Put in a field$/, /^Add$/],
  ['/imports'],
  ['/imports/{import}'],
  ['/outbox'],
  ['/effects'],
  ['/trouble'],
]

/** What sales sees, and what is agreed with them. */
export const SALES: readonly Place[] = [
  ['/desk/{lead}', /^Log a call/, /^Write/, /^Book a meeting/, /^Give back…/, /^Reject…/],
  ['/board'],
  ['/board/week'],
  ['/agreements', /^New agreement$/],
  ['/agreements/{agreement}', /^Take back…$/, /^Delete the agreement…$/],
  ['/agreements/{agreement}?tab=measure'],
  ['/agreements/{agreement}?tab=versions'],
  ['/scoring', /^Add a condition$/],
  ['/scoring/report', /^Add a condition$/],
  ['/scoring/versions'],
  ['/opportunities'],
]

export const SETTINGS: readonly Place[] = [
  ['/settings', /^Change password$/],
  ['/settings/workspace'],
  ['/settings/people', /^Invite…$/, /^New password…$/, /^Deactivate…$/],
  ['/settings/teams', /^New team…$/, /^Remove…$/],
  ['/settings/scores'],
  ['/settings/absences', /^Add an absence…$/],
  ['/settings/calendars', /^New calendar…$/],
  ['/settings/sending'],
  ['/settings/topics', /^New topic…$/, /^Change…$/],
  ['/settings/suppression', /^Add addresses…$/],
  ['/settings/review'],
  ['/settings/retention'],
  ['/settings/secrets', /^New secret…$/],
  ['/settings/keys', /^New key…$/],
  ['/settings/events'],
  ['/settings/system'],
]

/** One flow in each of its modes. */
export const MODES: readonly Place[] = [
  ['/flows/{flow}', /What can be done with this flow/, /^Publish$/],
  ['/flows/{flow}?mode=simulate'],
  ['/flows/{flow}?mode=review'],
  ['/flows/{flow}?mode=live', /^Pause…$/, /^Add people…$/, /^Limits that pause it…$/],
]
