import type { FieldType, FieldValue, Instant } from '../person.ts'

/** Why a field stays as it was. */
type Kept = 'nothing-there' | 'does-not-fit' | null

/** What a step changed of the person. */
export type PersonReason =
  | {
      code: 'score.added'
      dimension: string
      points: number
      /** The score as read at that instant, decayed and capped; in hundredths like all of this. */
      before: number
      after: number
      /** Where the dimension is capped: what its positive lines came to before, and the most that counts of them. */
      limit?: { positive: number; most: number } | undefined
    }
  | { code: 'field.set'; key: string; before: unknown; after: unknown }
  /** Copied from another field, or from what the passage carries, as the field's type holds it. */
  | {
      code: 'field.copied'
      key: string
      from: 'contact' | 'carried'
      of: string
      raw: FieldValue | null
      type: FieldType
      options?: string[] | undefined
      before: FieldValue | null
      after: FieldValue | null
      kept: Kept
    }
  | { code: 'field.added'; key: string; amount: number; before: FieldValue | null; after: FieldValue | null; kept: Kept }
  | { code: 'field.now'; key: string; type: FieldType; zone: string; now: Instant; before: FieldValue | null; after: FieldValue }
  | { code: 'tags.changed'; action: 'add' | 'remove'; tags: string[]; before: string[]; after: string[] }

/** The score after points were added: what positive lines come to beyond the limit does not count. Rule LS-5. */
export function scoreAfter(before: number, points: number, limit: { positive: number; most: number } | undefined): number {
  if (!limit || points <= 0) return before + points
  return before - Math.min(limit.positive, limit.most) + Math.min(limit.positive + points, limit.most)
}
