import type { Answers } from '../../../shell/api.ts'

export type Team = Answers['workspace']['teams'][number]

/** A member as the dialog edits it. */
export type Member = Pick<Team['members'][number], 'userId' | 'weight' | 'cap' | 'active'>
