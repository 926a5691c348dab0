import type { SkipCode } from '@baton/leads'
import type { Answers } from '../../../shell/api.ts'

export type Team = Answers['workspace']['teams'][number]
export type TeamWhole = Answers['teams']['one']
export type Territory = TeamWhole['territories'][number]

/** A member as the form edits it. */
export type Member = Pick<Team['members'][number], 'userId' | 'weight' | 'cap' | 'active' | 'calendarId'> & {
  /** Own mails to leads in 24 hours, at most; absent: as it is. */
  mailsADay?: number
}

/** Who gets the open leads of somebody who leaves. */
export type LeadsTo = { kind: 'team' } | { kind: 'rep'; userId: string }

/** Why somebody gets no lead now. */
export const SKIPPED: Readonly<Record<SkipCode, string>> = {
  inactive: 'takes no new leads',
  'no-weight': 'has no weight',
  absent: 'is away',
  'had-it': 'has had it',
  'at-cap': 'has as many open leads as allowed',
}
