import type { Catalog } from '../../catalog.ts'
import { compileCondition } from '../../condition/compile.ts'
import type { CompiledCondition } from '../../condition/compiled.ts'
import type { Rule } from '../../condition/schema.ts'

/**
 * Conditions that read what a wait reads, so that it is loaded and travels with a simulation. A field that was taken away reads as
 * empty: a live version runs on (E-93).
 */
function reads(rule: Rule, catalog: Catalog): CompiledCondition[] {
  const compiled = compileCondition({ combinator: 'and', rules: [rule] }, catalog)
  return 'ok' in compiled ? [compiled.ok] : []
}

export const fieldReads = (key: string, catalog: Catalog) => reads({ subject: { kind: 'field', key }, op: 'not-empty' }, catalog)

export const eventReads = (type: string, catalog: Catalog) =>
  reads({ subject: { kind: 'event', type, where: [], window: { kind: 'ever' } }, op: 'ge', value: 1 }, catalog)
