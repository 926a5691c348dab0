import { changeTags } from '../../src/nodes/tag/change.ts'
import { added, type NewValue, nowFor, taken } from '../../src/nodes/update-field/value.ts'
import type { FieldValue } from '../../src/state/person.ts'
import { type PersonReason, scoreAfter } from '../../src/state/reasons/person.ts'

/** Whether what a step changed of the person follows from what it saw. */
export function recomputePerson(reason: PersonReason): string | null {
  switch (reason.code) {
    case 'score.added':
      return reason.after === scoreAfter(reason.before, reason.points, reason.limit) ? 'out' : null
    case 'field.set':
      return 'out'
    case 'field.copied':
      return agrees(taken(reason.raw, reason), reason) ? 'out' : null
    case 'field.added':
      return agrees(added(reason.before, reason.amount), reason) ? 'out' : null
    case 'field.now':
      return nowFor(reason.type, reason.now, reason.zone) === reason.after ? 'out' : null
    case 'tags.changed':
      return same(changeTags(reason.before, reason.action, reason.tags), reason.after) ? 'out' : null
  }
}

/** What was written is what comes of it; what does not fit has changed nothing. */
function agrees(
  made: NewValue,
  { before, after, kept }: { before: FieldValue | null; after: FieldValue | null; kept: string | null },
): boolean {
  return 'kept' in made ? made.kept === kept && same(before, after) : kept === null && same(made.value, after)
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
