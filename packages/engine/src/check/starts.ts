import type { CheckSubject } from './subject.ts'

/** Where people come to stand without a way that leads there: at triggers, and behind the free ports of what needs no way in. */
export function startsOf({ nodes, edges }: Pick<CheckSubject, 'nodes' | 'edges'>): readonly string[] {
  const triggers = [...nodes.values()].filter((it) => it.kind.category === 'trigger').map((it) => it.id)
  const free = edges.filter(({ source, sourceHandle }) => {
    const from = nodes.get(source)
    return from?.kind.free?.(from.config).includes(sourceHandle) === true
  })
  return [...triggers, ...free.map((it) => it.target)]
}
