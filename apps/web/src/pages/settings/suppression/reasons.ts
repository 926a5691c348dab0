import type { Answers } from '../../../shell/api.ts'

export type Suppressed = Answers['suppression']['list']['rows'][number]

export const reasons: readonly { value: Suppressed['reason']; words: string }[] = [
  { value: 'bounced', words: 'Bounced' },
  { value: 'complained', words: 'Reported as spam' },
  { value: 'by-hand', words: 'Added by hand' },
  { value: 'imported', words: 'From a list' },
]

export const reasonWords = (reason: Suppressed['reason']): string => reasons.find((it) => it.value === reason)?.words ?? reason
