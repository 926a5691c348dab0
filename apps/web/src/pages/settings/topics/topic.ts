import type { Answers } from '../../../shell/api.ts'

/** What people agree to get mail about. */
export type Topic = Answers['topics']['list'][number]
