/** What an editor that was left still does with its flow: whoever opens the flow again waits for it. */
const underWay = new Map<string, Promise<unknown>>()

/** Resolves when nothing of a flow is on its way to the server any more. */
export const settled = async (flowId: string): Promise<void> => {
  await underWay.get(flowId)
}

/** Does something with a flow after all that is under way with it, whatever became of that. */
export async function after(flowId: string, call: () => Promise<unknown>): Promise<void> {
  const before = underWay.get(flowId)
  const last = (async () => {
    await before
    try {
      await call()
    } catch {
      // Whoever is gone does not hear of it; what was unsaved is kept in the browser.
    }
  })()
  underWay.set(flowId, last)
  await last
  if (underWay.get(flowId) === last) underWay.delete(flowId)
}
