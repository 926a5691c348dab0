import type { Answers } from '../../../shell/api.ts'

/** What somebody is related to, as the page of a contact gets it. */
export type RelatedRecord = Answers['companies']['ofContact'][number]

/** Kinds that are typed in by hand. */
export type HandKind = 'opportunity' | 'purchase'
