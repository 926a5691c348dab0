import { fold } from '@baton/leads'

/** The longest tag. */
export const MAX_TAG = 64
/** How many tags a field holds at most. */
export const MAX_TAGS = 100

/** What is wrong with a tag, for people; undefined: nothing. The bar parts tags in their folded copy, so none may hold it. */
export function tagFault(tag: string): string | undefined {
  if (tag.length > MAX_TAG) return `a tag has at most ${MAX_TAG} characters`
  return tag.includes('|') ? 'a tag cannot hold the sign |' : undefined
}

/** A tag as comparisons see it. */
export const foldTag = (tag: string): string => fold(tag.trim())

/** The folded copy of a list of tags: `|a|b|`; undefined for none, as for an empty text. */
export function foldTags(tags: readonly string[]): string | undefined {
  const folded = tags.map(foldTag).filter((it) => it !== '')
  return folded.length === 0 ? undefined : `|${folded.join('|')}|`
}

/** Tags as written in one text, parted by commas or semicolons, or as a list: trimmed, each once whatever its case. */
export function readTags(raw: string | readonly unknown[]): { value: string[] | null } | { error: string } {
  const parts = typeof raw === 'string' ? [raw] : raw
  if (parts.some((it) => typeof it === 'object' && it !== null)) return { error: 'a list inside a list is no tag' }
  const found = new Map<string, string>()
  for (const part of parts.flatMap((it) => String(it ?? '').split(/[,;]/))) {
    const tag = part.trim().normalize('NFC')
    if (tag === '') continue
    const fault = tag.includes('\u0000') ? 'holds a zero byte, which is no text' : tagFault(tag)
    if (fault !== undefined) return { error: fault }
    const key = foldTag(tag)
    if (!found.has(key)) found.set(key, tag)
  }
  if (found.size > MAX_TAGS) return { error: `more than ${MAX_TAGS} tags` }
  return { value: found.size === 0 ? null : [...found.values()] }
}
