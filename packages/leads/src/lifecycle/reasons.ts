/** Why a rep gives a lead back to marketing. The last one needs a note. */
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

/** Why a deal was lost. The last one needs a note. */
export const LOSS_REASONS = [
  'Price',
  'Chose somebody else',
  'No decision',
  'No budget any more',
  'Does not fit what they need',
  'Could not be reached any more',
  'Something else',
] as const

/** Through which a deal goes, in this order; won and lost are its ends. */
export const DEAL_STAGES = ['Discovery', 'Demo', 'Offer', 'Negotiation'] as const

/** A reason that is one of those, or one that the flow names for a way of its own. */
export const reasonsWith = (ways: readonly { reasons: readonly string[] }[]): string[] => {
  const own = ways.flatMap((way) => way.reasons).filter((reason) => !REJECT_REASONS.some((one) => one === reason))
  const last = REJECT_REASONS.length - 1
  return [...new Set([...REJECT_REASONS.slice(0, last), ...own, ...REJECT_REASONS.slice(last)])]
}
