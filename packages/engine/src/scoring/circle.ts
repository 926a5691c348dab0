import type { Catalog } from '../catalog.ts'
import { gradeScores } from '../condition/grade.ts'
import type { Condition } from '../condition/schema.ts'
import { conditionReferences } from '../graph/references.ts'
import type { ScoreRule } from './schema.ts'

/** Everything that a condition asks of one kind, also by the segments, agreements and grades that it names. */
export function asksFor(source: Condition, kind: 'dimension' | 'field' | 'grade', catalog: Catalog): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [source]
  const seen = new Set<string>()
  for (let next = open.pop(); next; next = open.pop()) {
    for (const it of conditionReferences(next)) {
      if (it.kind === kind) found.add(it.id)
      const within = inside(it, catalog)
      if (!within || seen.has(`${it.kind} ${it.id}`)) continue
      seen.add(`${it.kind} ${it.id}`)
      open.push(within)
    }
  }
  return found
}

function inside({ kind, id }: { kind: string; id: string }, { segments, agreements, grade }: Catalog): Condition | undefined {
  if (kind === 'grade' && grade) return gradeScores(grade)
  if (kind === 'agreement') return agreements.find((it) => it.id === id)?.qualifies
  return kind === 'segment' ? segments.find((it) => it.id === id)?.condition : undefined
}

/** Rules that would change what they themselves ask for: a score that depends on itself, at once or by way of others. E-356. */
export function circularRules(rules: readonly ScoreRule[], catalog: Catalog): ReadonlySet<string> {
  const reads = new Map<string, ReadonlySet<string>>()
  for (const rule of rules) if (rule.kind === 'attribute') reads.set(rule.id, asksFor(rule.when, 'dimension', catalog))
  const makes = new Map<string, Set<string>>()
  for (const { id, dimension } of rules) {
    const into = makes.get(dimension) ?? new Set()
    for (const it of reads.get(id) ?? []) into.add(it)
    makes.set(dimension, into)
  }
  const leadsTo = (from: Iterable<string>, wanted: string): boolean => {
    const seen = new Set<string>()
    const open = [...from]
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === wanted) return true
      if (seen.has(next)) continue
      seen.add(next)
      open.push(...(makes.get(next) ?? []))
    }
    return false
  }
  return new Set(rules.filter(({ id, dimension }) => leadsTo(reads.get(id) ?? [], dimension)).map(({ id }) => id))
}
