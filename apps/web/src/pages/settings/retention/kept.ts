import type { Answers } from '../../../shell/api.ts'

/** How long things are kept, with every type of event and who looks at it. */
export type Stored = Answers['retention']['get']
export type Kept = Stored['settings']
