import { z } from 'zod'
import { defineKind, type StepScope } from '../../kind.ts'
import { carriedIn, fillText, placeholderFaults, placeholderReferences } from '../../values/placeholder.ts'
import { chosen, configBase, fault, faultAround, onward, plain, strong } from '../base.ts'
import type { NotifyPayload } from './payload.ts'

export const notifyConfig = z.object({
  ...configBase(1),
  to: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('user'), id: z.string().max(64).nullable() }),
    /** Whose lead the person is; where nobody's, this team. */
    z.object({ kind: z.literal('owner'), otherwise: z.string().max(64).nullable().default(null) }),
    z.object({ kind: z.literal('team'), id: z.string().max(64).nullable() }),
  ]),
  inApp: z.boolean().default(true),
  email: z.boolean().default(false),
  text: z.string().max(500),
})
type NotifyConfig = z.infer<typeof notifyConfig>

/** The longest text that goes out, placeholders filled. */
const LONGEST = 1000

/** Tells somebody of the workspace about this person, and goes on. */
export const notify = defineKind({
  type: 'notify',
  category: 'sales',
  rests: false,
  version: 1,
  migrations: [],
  config: notifyConfig,
  defaults: () => ({
    v: 1,
    to: { kind: 'owner', otherwise: null },
    inApp: true,
    email: false,
    text: '{{contact.first_name}} {{contact.last_name}} ',
  }),
  ports: () => [onward],
  references: ({ to, text }) => [
    ...(to.kind === 'user' && to.id !== null ? [{ kind: 'user' as const, id: to.id }] : []),
    ...(to.kind === 'team' && to.id !== null ? [{ kind: 'team' as const, id: to.id }] : []),
    ...(to.kind === 'owner' && to.otherwise !== null ? [{ kind: 'team' as const, id: to.otherwise }] : []),
    ...placeholderReferences(text),
  ],
  conditions: () => [],
  takes: ({ text }) => carriedIn(text),
  sentence: ({ to }, catalog) => {
    if (to.kind === 'owner') return [plain('Tell '), strong('their owner')]
    return [plain('Tell '), to.kind === 'user' ? chosen(to.id, catalog.users, 'choose who') : chosen(to.id, catalog.teams, 'choose a team')]
  },
  check: ({ to, inApp, email, text }, catalog) => [
    ...(to.kind !== 'owner' && to.id === null
      ? [fault('notify.to', 'to.id', to.kind === 'user' ? 'Choose who is told.' : 'Choose the team that is told.')]
      : []),
    ...(inApp || email ? [] : [fault('notify.by', 'inApp', 'Choose how they are told: here in Baton, by e-mail, or both.')]),
    ...(text.trim() === '' ? [fault('notify.text', 'text', 'Write what they are told.')] : []),
    ...placeholderFaults(text, catalog).map((say) => faultAround('notify.text', 'text', say)),
  ],
  compile: ({ to, inApp, email, text }) => ({
    enter: (scope) => {
      const who = recipient(to, scope)
      if (who === null) return { do: 'leave', port: onward.id, reason: { code: 'notify.nobody' } }
      const payload: NotifyPayload = { to: who, inApp, email, text: shown(text, scope) }
      return {
        do: 'leave',
        port: onward.id,
        reason: { code: 'notify.told', to: who, asOwner: to.kind === 'owner' && who.kind === 'user', inApp, email },
        effects: [{ do: 'out', kind: 'notify', payload }],
      }
    },
    conditions: [],
  }),
})

/** Who is meant, as of this step. */
function recipient(to: NotifyConfig['to'], { state }: StepScope): NotifyPayload['to'] | null {
  if (to.kind !== 'owner') return to.id === null ? null : { kind: to.kind, id: to.id }
  const { ownerSide, ownerId } = state.person
  if (ownerSide === 'sales' && ownerId !== null) return { kind: 'user', id: ownerId }
  return to.otherwise === null ? null : { kind: 'team', id: to.otherwise }
}

/** The text for this person, cut where it is too long; where nothing of it is left, their key. */
function shown(text: string, scope: StepScope): string {
  const filled = fillText(text, scope).replaceAll(/\s+/g, ' ').trim()
  // Not between the halves of a sign that takes two.
  const cut = filled.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')
  return cut === '' ? scope.state.person.key : cut
}
