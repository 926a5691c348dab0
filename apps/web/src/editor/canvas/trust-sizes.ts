import type { useStoreApi } from '@xyflow/react'

type Api = ReturnType<typeof useStoreApi>
type Measure = ReturnType<Api['getState']>['updateNodeInternals']

/** One canvas after the other is drawn with the same store, as modes change: it is told once. */
const told = new WeakSet<Measure>()

/**
 * Cards tell the canvas library their size and where their ways begin, which follows from what they are. It would measure each all the same
 * when it comes into view, which lays the page out once for every card, in the middle of a frame. Only what has no size of its own, a note,
 * is still measured. Called before the library draws anything.
 */
export function trustSizes(api: Api): void {
  const { updateNodeInternals: measure } = api.getState()
  if (told.has(measure)) return
  const notesOnly: Measure = (updates, params) => {
    const { nodeLookup } = api.getState()
    const unknown = new Map([...updates].filter(([id]) => nodeLookup.get(id)?.type === 'note'))
    if (unknown.size > 0) measure(unknown, params)
  }
  told.add(notesOnly)
  api.setState({ updateNodeInternals: notesOnly })
}
