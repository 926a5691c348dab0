import type { z } from 'zod'
import type { FlowNode } from '../graph/schema.ts'
import type { NodeKind } from '../kind.ts'
import { kindOf } from './registry.ts'

/** A node whose config its kind has read: ready to be asked. */
export interface ParsedNode {
  id: string
  kind: NodeKind<unknown>
  config: unknown
}

/** What is wrong with a node's data, with the path of the input at fault. */
export interface ConfigProblem {
  code: 'unknown-kind' | 'newer-config' | 'config'
  path: string
  message: string
}

/** Reads a node's data: unknown kinds and newer configs are told, older configs are migrated, then the kind's schema decides. */
export function parseNode(node: Pick<FlowNode, 'id' | 'type' | 'data'>): { ok: ParsedNode } | { problems: readonly ConfigProblem[] } {
  const kind = kindOf(node.type)
  if (!kind) {
    const message = `A step of the kind “${node.type}” from a newer Baton. It is kept as it is; update Baton to change or publish this flow.`
    return { problems: [{ code: 'unknown-kind', path: '', message }] }
  }
  const read = parseConfig(kind, node.data)
  return 'ok' in read ? { ok: { id: node.id, kind, config: read.ok } } : read
}

/** Migrates and parses a config. Data without `v` is of the first version. */
export function parseConfig<C>(
  kind: Pick<NodeKind<C>, 'version' | 'migrations' | 'config'>,
  data: Readonly<Record<string, unknown>>,
): { ok: C } | { problems: readonly ConfigProblem[] } {
  const stored = data.v ?? 1
  if (typeof stored !== 'number' || !Number.isInteger(stored) || stored < 1) {
    return { problems: [{ code: 'config', path: 'v', message: 'The version of this step is not a whole number. Make the step again.' }] }
  }
  if (stored > kind.version) {
    const message = 'This step was made with a newer Baton. It is kept as it is; update Baton to change or publish this flow.'
    return { problems: [{ code: 'newer-config', path: 'v', message }] }
  }
  let config: Record<string, unknown> = { ...data, v: stored }
  for (const migration of kind.migrations) {
    if (migration.from === config.v) config = { ...migration.up(config), v: migration.from + 1 }
  }
  const parsed = kind.config.safeParse(config)
  if (parsed.success) return { ok: parsed.data }
  return { problems: parsed.error.issues.map((it) => ({ code: 'config', path: it.path.map(String).join('.'), message: inWords(it) })) }
}

/** What the schema wants instead, as it stands below a field. */
function inWords(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.expected === 'int') return 'Write a whole number.'
  if (issue.code !== 'too_big' && issue.code !== 'too_small') return issue.message
  const [most, least] = issue.code === 'too_big' ? [issue.maximum, null] : [null, issue.minimum]
  const bound = `${most === null ? 'At least' : 'At most'} ${(most ?? least ?? 0).toLocaleString('en')}`
  return issue.origin === 'string' ? `${bound} characters.` : `${bound}.`
}
