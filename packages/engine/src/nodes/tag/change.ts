import { foldTag, MAX_TAGS } from '../../fields/tags.ts'
import type { FieldValue } from '../../state/person.ts'

/**
 * The tags after some were added or removed, whatever their letters' case: `VIP` is there if `vip` is, and is kept as it was
 * written. Added ones stand behind; what would be more than a field holds is left out. E-187.
 */
export function changeTags(before: readonly string[], action: 'add' | 'remove', tags: readonly string[]): string[] {
  const named = new Set(tags.map(foldTag))
  if (action === 'remove') return before.filter((it) => !named.has(foldTag(it)))
  const after = [...before]
  const has = new Set(before.map(foldTag))
  for (const tag of tags) {
    if (has.has(foldTag(tag)) || after.length >= MAX_TAGS) continue
    has.add(foldTag(tag))
    after.push(tag)
  }
  return after
}

/** What a stored value holds as tags. */
export const tagsOf = (value: FieldValue | undefined): readonly string[] => (Array.isArray(value) ? value : [])
