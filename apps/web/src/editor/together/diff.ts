import type { FlowGraph } from '@baton/engine'
import type { PartPatch, Patch } from './patch.ts'

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((it, at) => it === b[at])

function diffPart<T extends { id: string }>(from: readonly T[] | undefined, to: readonly T[] | undefined): PartPatch<T> | undefined {
  if (from === to) return undefined
  const before = new Map(from?.map((it) => [it.id, it]))
  const after = new Set(to?.map((it) => it.id))
  const put = (to ?? []).filter((it) => before.get(it.id) !== it)
  const gone = (from ?? []).flatMap((it) => (after.has(it.id) ? [] : [it.id]))
  const fresh = put.flatMap((it) => (before.has(it.id) ? [] : [it.id]))
  const order = (to ?? []).map((it) => it.id)
  const plain = same(order, [...(from ?? []).flatMap((it) => (after.has(it.id) ? [it.id] : [])), ...fresh])
  return { put, gone, ...(plain ? {} : { order }), ...(to === undefined ? { absent: true } : {}) }
}

/** Compares by identity, as edits share what they do not change. */
export function diffGraphs(from: FlowGraph, to: FlowGraph): Patch {
  return {
    nodes: diffPart(from.nodes, to.nodes),
    edges: diffPart(from.edges, to.edges),
    notes: diffPart(from.notes, to.notes),
    groups: diffPart(from.groups, to.groups),
    settings: from.settings === to.settings ? undefined : to.settings,
    tests: from.tests === to.tests ? undefined : { now: to.tests },
  }
}
