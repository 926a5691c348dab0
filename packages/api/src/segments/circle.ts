import { agreementEntries, type Handle, listSegments } from '@baton/db'
import { type Condition, conditionReferences, type Reference } from '@baton/engine'
import { fail } from '../errors.ts'

/**
 * Neither a segment nor an agreement may ask, however far around, for itself: whether people are in it would then depend on whether they are.
 * @throws CONFLICT with the names on the way back
 */
export async function mustNotCircle(db: Handle, self: Pick<Reference, 'kind' | 'id'> & { name: string }, source: Condition): Promise<void> {
  const key = ({ kind, id }: Pick<Reference, 'kind' | 'id'>) => `${kind} ${id}`
  const all = new Map([
    ...(await listSegments(db)).map(({ id, name, condition }) => [key({ kind: 'segment', id }), { name, condition }] as const),
    ...(await agreementEntries(db)).map(
      ({ id, name, qualifies }) => [key({ kind: 'agreement', id }), { name, condition: qualifies }] as const,
    ),
  ])
  const asked = new Set<string>()
  /** The names on the way from a condition back to where it began. */
  const way = (of: Condition): string[] | undefined => {
    for (const it of conditionReferences(of)) {
      const one = all.get(key(it))
      if (key(it) === key(self)) return [self.name]
      if (!one || asked.has(key(it))) continue
      asked.add(key(it))
      const rest = way(one.condition)
      if (rest) return [one.name, ...rest]
    }
    return undefined
  }
  const circle = way(source)
  if (circle)
    throw fail(
      'CONFLICT',
      `${CIRCLE[self.kind === 'agreement' ? 'agreement' : 'segment']} ${[self.name, ...circle].join(' → ')}. Use another one in the condition.`,
    )
}

const CIRCLE = { segment: 'Segments would go in a circle:', agreement: 'The agreement would ask for itself:' }
