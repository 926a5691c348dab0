import type { ConfigOf } from '@baton/engine'
import { IconClockHour4, IconFileText, IconMessage2, IconPhone, IconRepeat, IconUserShare, IconUsers } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

type Config = ConfigOf<'hand-to-sales'>

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** What happens when nobody answers in time. */
function breachWords({ redistribute, afterBreach }: Config): string {
  const others = redistribute === 0 ? '' : `${count(redistribute, 'other rep', 'other reps')}, then `
  return afterBreach === 'manager' ? `else ${others}the manager` : `else ${others}back to marketing`
}

export const card: CardFace<Config> = {
  title: 'Hand to sales',
  about: 'Waits for sales: for the first answer, or for the final outcome.',
  icon: () => IconUserShare,
  presets: [{ label: 'Hand to sales', icon: IconUserShare, find: 'lead agreement level voicemail' }],
  terms: (config, catalog) => {
    const { teamId, why, fields, level, voicemail, leaveAt } = config
    const team = catalog.teams.find((it) => it.id === teamId)
    return [
      ...(team ? [{ icon: IconUsers, words: `Rotation of ${team.members}` }] : []),
      ...(level === null ? [] : [{ icon: IconRepeat, words: breachWords(config) }]),
      ...(voicemail === null ? [] : [{ icon: IconPhone, words: `${voicemail.attempts ?? 'some'} tries by voicemail` }]),
      ...(leaveAt === 'final-outcome' ? [{ icon: IconClockHour4, words: 'Until won or lost' }] : []),
      ...(why.trim() === '' ? [] : [{ icon: IconMessage2, words: why }]),
      ...(fields.length === 0 ? [] : [{ icon: IconFileText, words: `${count(fields.length, 'field', 'fields')} travel along` }]),
    ]
  },
}
