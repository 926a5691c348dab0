import type { Catalog } from '../catalog.ts'
import type { Condition } from '../condition/schema.ts'
import { conditionReferences } from '../graph/references.ts'
import type { Reference } from '../kind.ts'

/** Something that is asked for; `by` names the segment or the agreement that asks for it where the flow itself does not. */
export interface Asked {
  of: Reference
  by: string | null
}

/** Whatever these conditions ask for, also by the segments and agreements that they name, and those that these name. */
export const askedIn = (conditions: readonly Condition[], catalog: Catalog): readonly Asked[] =>
  askedBy(conditions.flatMap(conditionReferences), catalog)

/** The same of what is referred to. */
export function askedBy(references: readonly Reference[], catalog: Catalog): readonly Asked[] {
  const seen = new Set<string>()
  const open = references.map((of): Asked => ({ of, by: null }))
  const found: Asked[] = []
  for (let it = open.shift(); it; it = open.shift()) {
    found.push(it)
    const inner = behind(it.of, catalog)
    const key = `${it.of.kind} ${it.of.id}`
    if (!inner?.condition || seen.has(key)) continue
    seen.add(key)
    const by = it.by ?? inner.name
    open.push(...conditionReferences(inner.condition).map((of) => ({ of, by })))
  }
  return found
}

/** What stands behind the name of a segment or an agreement, where that is known. */
function behind(
  { kind, id }: Reference,
  { segments, agreements }: Catalog,
): { name: string; condition?: Condition | undefined } | undefined {
  if (kind === 'segment') return segments.find((it) => it.id === id)
  const agreement = kind === 'agreement' ? agreements.find((it) => it.id === id) : undefined
  return agreement && { name: agreement.name, condition: agreement.qualifies }
}
