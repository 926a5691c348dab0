import type { SentencePart } from '@baton/engine'
import { momentWords } from '../moment.ts'
import type { Reason } from '../people.ts'
import { type Fact, plain, type ReasonScope, strong, shown as valueWords } from './parts.ts'

const CODES = ['field.copied', 'field.added', 'field.now', 'tags.changed'] as const
/** What a step wrote into the person that was not given as a value. */
export type MadeReason = Extract<Reason, { code: (typeof CODES)[number] }>

const codes: ReadonlySet<string> = new Set(CODES)
export const isMade = (reason: { code: string }): reason is MadeReason => codes.has(reason.code)

/** No tags are none. */
const shown = (value: unknown): string => (Array.isArray(value) && value.length === 0 ? 'none' : valueWords(value))

const why = { 'nothing-there': 'there was nothing to take', 'does-not-fit': 'the value does not fit' } as const

/** One sentence for such a step. */
export function madeWords(reason: MadeReason, { catalog }: ReasonScope): readonly SentencePart[] {
  const label = (key: string) => catalog.fields.find((it) => it.key === key)?.label ?? key
  switch (reason.code) {
    case 'field.copied':
    case 'field.added':
      if (reason.kept !== null) return [strong(label(reason.key)), plain(` stayed ${shown(reason.before)}: ${why[reason.kept]}`)]
      return [strong(label(reason.key)), plain(`: from ${shown(reason.before)} to `), strong(shown(reason.after))]
    case 'field.now':
      return [strong(label(reason.key)), plain(`: from ${shown(reason.before)} to `), strong(shown(reason.after))]
    case 'tags.changed': {
      const changed = reason.before.length !== reason.after.length
      const named = reason.tags.join(', ')
      if (!changed) return [plain(reason.action === 'add' ? 'Had the tag already: ' : 'Did not have the tag: '), strong(named)]
      return [plain(reason.action === 'add' ? 'Tagged ' : 'Tag removed: '), strong(named)]
    }
  }
}

/** Everything such a reason holds, as a table. */
export function madeFacts(reason: MadeReason, { catalog }: ReasonScope): Fact[] {
  const beforeAfter = [
    { name: 'Before', value: shown(reason.before) },
    { name: 'After', value: shown(reason.after) },
  ]
  switch (reason.code) {
    case 'field.copied': {
      const from = reason.from === 'contact' ? (catalog.fields.find((it) => it.key === reason.of)?.label ?? reason.of) : reason.of
      return [{ name: `Taken from ${from}`, value: shown(reason.raw) }, ...beforeAfter]
    }
    case 'field.added':
      return [{ name: 'Added', value: String(reason.amount) }, ...beforeAfter]
    case 'field.now':
      return [{ name: 'Moment', value: momentWords(reason.now, reason.zone) }, ...beforeAfter]
    case 'tags.changed':
      return beforeAfter
  }
}
