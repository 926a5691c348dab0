import type { ConfigOf } from '@baton/engine'
import { IconFileText, IconMessage2, IconUserShare, IconUsers } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

export const card: CardFace<ConfigOf<'hand-to-sales'>> = {
  title: 'Hand to sales',
  about: 'Waits for the first answer of sales.',
  icon: () => IconUserShare,
  presets: [{ label: 'Hand to sales', icon: IconUserShare }],
  terms: ({ teamId, why, fields }, catalog) => {
    const team = catalog.teams.find((it) => it.id === teamId)
    return [
      ...(team ? [{ icon: IconUsers, words: `Rotation of ${team.members}` }] : []),
      ...(why.trim() === '' ? [] : [{ icon: IconMessage2, words: why }]),
      ...(fields.length === 0 ? [] : [{ icon: IconFileText, words: `${count(fields.length, 'field', 'fields')} travel along` }]),
    ]
  },
}
