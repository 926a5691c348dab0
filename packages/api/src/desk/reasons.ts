/** Why a rep gives a lead back. The last one needs a note. */
export const REJECT_REASONS = [
  'No budget this year',
  'No need',
  'Not the right person',
  'Too small for us',
  'Has a contract elsewhere',
  'Could not be reached',
  'Something else',
] as const

export const NEEDS_NOTE = 'Something else'
