import { assign, ROTATION_WINDOW, type SkipCode, type Team, type TeamLoad } from '@baton/leads'

/** Who gets one of the next leads, and why. */
export interface NextLead {
  repId: string | null
  /** Why nobody gets it; null where somebody does. */
  nobody: 'waiting' | 'overflow' | null
  /** How the rotation stood, who is next first: leads of the last days, with what an absence was made up for, by the weight. */
  turns: { repId: string; count: number; credit: number; weight: number; ratio: number }[]
  skipped: { repId: string; code: SkipCode }[]
}

/**
 * Who would get the next leads if they came now, one after the other, and nobody answered meanwhile. The router itself decides, on a copy
 * of what it decides by; nothing is kept.
 */
export function nextLeads(teamId: string, reps: Team['reps'], load: TeamLoad, now: number, count: number): NextLead[] {
  const team: Team = { id: teamId, reps, maxAttempts: null, window: ROTATION_WINDOW }
  const found: NextLead[] = []
  let carried = load
  for (let i = 0; i < count; i++) {
    const made = assign(team, carried, { hadBy: [] }, now)
    const { turns, skipped } = made.reason
    found.push({
      repId: made.kind === 'rep' ? made.repId : null,
      nobody: made.kind === 'rep' ? null : made.kind === 'queue' ? 'waiting' : 'overflow',
      turns: [...turns],
      skipped: [...skipped],
    })
    if (made.kind !== 'rep') break
    carried = made.load
  }
  return found
}
