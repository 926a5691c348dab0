import { z } from 'zod'
import { defineKind } from '../../kind.ts'
import { carriedIn, placeholderReferences } from '../../values/placeholder.ts'
import { chosen, configBase, onward, plain, strong } from '../base.ts'

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
  changes: () => [],
  takes: ({ text }) => carriedIn(text),
  sentence: ({ to }, catalog) => {
    if (to.kind === 'owner') return [plain('Tell '), strong('their owner')]
    return [plain('Tell '), to.kind === 'user' ? chosen(to.id, catalog.users, 'choose who') : chosen(to.id, catalog.teams, 'choose a team')]
  },
})
