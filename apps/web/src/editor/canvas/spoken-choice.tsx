import { useMemo } from 'react'
import { cardOf } from '../../nodes/registry.ts'
import { stepIn } from '../geometry.ts'
import { useEditor } from '../store.ts'
import { chosenFold } from './chosen-group.ts'
import { spokenName } from './elements.ts'

/** Says aloud what is chosen: a step, the card of a folded group, or how many. */
export function SpokenChoice() {
  const count = useEditor((state) => state.selected.size)
  const only = useEditor((state) => (state.selected.size === 1 ? [...state.selected][0] : undefined))
  const fold = useEditor((state) => chosenFold(state)?.name)
  const steps = count === 1 ? '1 step' : `${count} steps`
  if (fold !== undefined) return `Group ${fold}, folded, ${steps}. Enter unfolds it, arrow down goes in.`
  if (count > 1) return `${steps} selected`
  return only === undefined ? null : <Spoken id={only} />
}

/** Says the one selected step aloud. */
function Spoken({ id }: { id: string }) {
  const node = useEditor((state) => stepIn(state.history.present, id))
  const catalog = useEditor((state) => state.catalog)
  const errors = useEditor((state) => state.byNode.get(id)?.filter((it) => it.severity === 'error').length ?? 0)
  const lacks = useEditor((state) => state.lacks.has(id))
  const title = useMemo(() => (node ? (cardOf(node.type)?.title ?? 'Step') : ''), [node])
  return node ? spokenName(node, title, catalog, errors, lacks) : null
}
