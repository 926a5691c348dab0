import { z } from 'zod'
import { defineKind, type Outcome, type Port, type StepScope } from '../../kind.ts'
import type { InboxItem } from '../../state/input.ts'
import { chosen, configBase, plain } from '../base.ts'

export const handToSalesConfig = z.object({
  ...configBase(1),
  teamId: z.string().max(64).nullable(),
  /** Why this lead is worth a call: the first thing a rep reads. */
  why: z.string().max(300),
  /** A note for the rep. */
  note: z.string().max(2000).default(''),
  /** Keys of the fields that travel with the lead. */
  fields: z.array(z.string().min(1).max(64)).max(50).default([]),
  /** Goes on at the first answer of sales. */
  leaveAt: z.literal('first-answer').default('first-answer'),
})

const PORTS: readonly Port[] = [
  { id: 'accepted', label: 'Accepted', tone: 'good' },
  { id: 'rejected', label: 'Rejected', tone: 'loss' },
  { id: 'overflow', label: 'Overflow', tone: 'retry' },
]

/** Hands the contact to a team of sales and holds it until the first answer. */
export const handToSales = defineKind({
  type: 'hand-to-sales',
  category: 'sales',
  rests: true,
  version: 1,
  migrations: [],
  config: handToSalesConfig,
  defaults: () => ({ v: 1, teamId: null, why: 'Ready for sales', note: '', fields: [], leaveAt: 'first-answer' }),
  ports: () => PORTS,
  references: ({ teamId, fields }) => [
    ...(teamId === null ? [] : [{ kind: 'team' as const, id: teamId }]),
    ...fields.map((id) => ({ kind: 'field' as const, id })),
  ],
  conditions: () => [],
  sentence: ({ teamId }, catalog) => [plain('Hand to '), chosen(teamId, catalog.teams, 'choose a team')],
})

/** The first answer decides; that somebody got the lead is no answer yet. */
export function answer({ enrolment }: StepScope, item: InboxItem): Outcome | undefined {
  if (item.kind !== 'handoff' || item.handoff !== enrolment.vars.here.handoff) return undefined
  const { news, handoff, at } = item
  switch (news.outcome) {
    case 'assigned':
    case 'breached':
    case 'attempted':
    case 'contacted':
    case 'given-back':
      return undefined
    // Whoever works on it, or won it, took it.
    case 'opportunity':
    case 'converted':
    case 'accepted':
      return { do: 'leave', port: 'accepted', reason: { code: 'handoff.accepted', handoff, by: news.repName, at } }
    case 'lost':
    case 'rejected':
      return {
        do: 'leave',
        port: 'rejected',
        reason: { code: 'handoff.rejected', handoff, by: news.repName, why: news.why, note: news.note ?? null, at },
      }
    case 'no-response':
    case 'overflow':
      return { do: 'leave', port: 'overflow', reason: { code: 'handoff.overflow', handoff, reason: news.reason } }
  }
}
