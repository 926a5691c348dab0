import type { Catalog } from '../catalog.ts'
import type { CheckSubject } from './subject.ts'

/** A flow that runs and takes in the same people at the same moment, or starts this one, or is started by it. */
export type Companion = Catalog['flows'][number] & { runs: NonNullable<Catalog['flows'][number]['runs']> }

/**
 * Other flows in which the people of this one surely are as well. That segments of other names have members in common is not known here,
 * nor that one program lets people into both.
 */
export function companions({ nodes, catalog, context }: CheckSubject): readonly Companion[] {
  const entrances = new Set<string>()
  const starts = new Set<string>()
  for (const { kind, config } of nodes.values()) {
    const key = kind.entrance?.(config)?.key
    if (key !== undefined) entrances.add(key)
    for (const it of kind.references(config)) if (it.kind === 'flow') starts.add(it.id)
  }
  return catalog.flows.flatMap((it) => {
    const { runs } = it
    if (!runs || it.id === context.flowId) return []
    const startsThis = context.flowId !== undefined && runs.starts.includes(context.flowId)
    return startsThis || starts.has(it.id) || runs.entrances.some((key) => entrances.has(key)) ? [{ ...it, runs }] : []
  })
}
