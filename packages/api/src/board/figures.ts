import type { ContactTimes, LogTally, RepTimes } from '@baton/db'

/** What became of leads in a span of time. Money in the currency of the workspace. */
export interface Figures {
  /** Leads that flows handed over; of a rep: that were given to him. */
  handedOver: number
  accepted: number
  rejected: number
  breached: number
  /** Taken back after a breach. */
  clawedBack: number
  noResponse: number
  overflow: number
  won: number
  lost: number
  revenue: number
  /** Half of the first contacts came within this, ms; null without any. */
  contactMs: number | null
}

const KIND: Readonly<Record<string, keyof Figures>> = {
  accepted: 'accepted',
  rejected: 'rejected',
  breached: 'breached',
  'clawed-back': 'clawedBack',
  'no-response': 'noResponse',
  overflow: 'overflow',
  won: 'won',
  lost: 'lost',
}

const nothing = (): Figures => ({
  ...{ handedOver: 0, accepted: 0, rejected: 0, breached: 0, clawedBack: 0, noResponse: 0 },
  ...{ overflow: 0, won: 0, lost: 0, revenue: 0, contactMs: null },
})

/** Adds lines up. `given`: a rep's leads are those that were given to him, a team's those that were handed over. */
function figuresOf(lines: readonly LogTally[], contactMs: number | null, given: readonly string[]): Figures {
  const sum = nothing()
  for (const { kind, n, amount } of lines) {
    if (given.includes(kind)) sum.handedOver += n
    const key = KIND[kind]
    if (key !== undefined && key !== 'contactMs') sum[key] += n
    if (kind === 'won') sum.revenue += amount
  }
  return { ...sum, contactMs }
}

/** All of a span together. */
export const allFigures = (lines: readonly LogTally[], times: readonly ContactTimes[]): Figures =>
  figuresOf(lines, times.find((it) => it.flowId === null)?.contactMs ?? null, ['created'])

/** By flow, the one that handed over most first. */
export function flowFigures(lines: readonly LogTally[], times: readonly ContactTimes[]): (Figures & { flowId: string })[] {
  return [...new Set(lines.map((it) => it.flowId))]
    .map((flowId) => {
      const own = lines.filter((it) => it.flowId === flowId)
      return { flowId, ...figuresOf(own, times.find((it) => it.flowId === flowId)?.contactMs ?? null, ['created']) }
    })
    .sort((a, b) => b.handedOver - a.handedOver || (a.flowId < b.flowId ? -1 : 1))
}

/** By rep. */
export function repFigures(lines: readonly LogTally[], times: readonly RepTimes[]): (Figures & { repId: string })[] {
  return [...new Set(lines.flatMap((it) => it.repId ?? []))].map((repId) => {
    const own = lines.filter((it) => it.repId === repId)
    return { repId, ...figuresOf(own, times.find((it) => it.repId === repId)?.contactMs ?? null, ['assigned', 'reassigned']) }
  })
}

/** Why leads were rejected, the most frequent first, with how many it were in the span before. */
export function reasonsOf(lines: readonly LogTally[], before: readonly LogTally[]): { why: string; n: number; before: number }[] {
  const count = (of: readonly LogTally[], why: string) =>
    of.filter((it) => it.kind === 'rejected' && (it.why ?? NO_REASON) === why).reduce((sum, it) => sum + it.n, 0)
  const all = [...lines, ...before].filter((it) => it.kind === 'rejected').map((it) => it.why ?? NO_REASON)
  return [...new Set(all)]
    .map((why) => ({ why, n: count(lines, why), before: count(before, why) }))
    .sort((a, b) => b.n - a.n || b.before - a.before || (a.why < b.why ? -1 : 1))
}

const NO_REASON = 'No reason was kept'
