import type { z } from 'zod'
import { defineRun, type StepScope } from '../../kind.ts'
import { fillText } from '../../values/fill.ts'
import { placeholderFaults } from '../../values/placeholder.ts'
import { fault, faultAround, onward } from '../base.ts'
import { notify, type notifyConfig } from './index.ts'
import type { NotifyPayload } from './payload.ts'

type NotifyConfig = z.infer<typeof notifyConfig>

/** The longest text that goes out, placeholders filled. */
const LONGEST = 1000

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

/** What its settings must be, and what it does. */
export const notifyRun = defineRun(notify, {
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
