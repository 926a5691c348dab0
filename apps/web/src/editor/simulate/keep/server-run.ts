import type { FlowGraph } from '@baton/engine'
import { planHash } from '@baton/engine'
import { type Answers, client } from '../../../shell/api.ts'

export type Ask = Parameters<typeof client.simulations.begin.mutate>[0]['ask']
export type ServerMade = Answers['simulations']['one']

/** How often is asked how far it is. */
const EVERY = 700

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/**
 * Has the server make a simulation of the draft as it is drawn, and waits for it. It is kept there with the draft.
 * @returns undefined when it was stopped
 */
export async function madeOnServer(
  { flowId, graph, ask }: { flowId: string; graph: FlowGraph; ask: Ask },
  onProgress: (done: number, id: string) => boolean,
): Promise<ServerMade | undefined> {
  const flow = await client.flows.get.query({ id: flowId })
  if (planHash(flow.draft) !== planHash(graph)) throw new Error('Your last changes are not saved yet. Try again when they are.')
  const { id } = await client.simulations.begin.mutate({ flowId, rev: flow.draftRev, ask })
  for (;;) {
    const now = await client.simulations.one.query({ id })
    if (now.status === 'done') return now
    if (now.status === 'cancelled') return undefined
    if (now.status === 'failed') throw new Error(now.error ?? 'It stopped.')
    if (!onProgress(now.progress, id)) {
      // It may be done just now: then there is nothing to stop.
      await client.simulations.cancel.mutate({ id }).catch(() => {})
      return undefined
    }
    await wait(EVERY)
  }
}
