import type { Answers } from '../../../shell/api.ts'

/** The rules for mail of the whole workspace. */
export type Rules = Answers['sending']['settings']
