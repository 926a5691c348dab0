import type { Instant } from '../person.ts'

/** What sales answered. */
export type HandoffReason =
  | { code: 'handoff.accepted'; handoff: string; by: string; at: Instant }
  | { code: 'handoff.rejected'; handoff: string; by: string; why: string; note: string | null; at: Instant }
  | { code: 'handoff.overflow'; handoff: string; reason: Readonly<Record<string, unknown>> }
