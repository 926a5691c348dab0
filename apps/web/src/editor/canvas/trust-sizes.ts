import type { useStoreApi } from '@xyflow/react'

type Api = ReturnType<typeof useStoreApi>

/**
 * Cards tell the canvas library their size and where their ways begin, which follows from what they are. It would measure each all the same
 * when it comes into view, which lays the page out once for every card, in the middle of a frame. Only what has no size of its own, a note,
 * is still measured. Called before the library draws anything.
 */
export function trustSizes(api: Api): void {
  const { updateNodeInternals: measure } = api.getState()
  api.setState({
    updateNodeInternals: (updates, params) => {
      const { nodeLookup } = api.getState()
      const unknown = new Map([...updates].filter(([id]) => nodeLookup.get(id)?.type === 'note'))
      if (unknown.size > 0) measure(unknown, params)
    },
  })
}
