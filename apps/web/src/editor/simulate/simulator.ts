import type { AskKind, Asks, Got, Told } from './protocol.ts'

/** The engine beside the page. */
export interface Simulator {
  /** @throws Error with what the engine said */
  ask<K extends AskKind>(ask: K, give: Asks[K]['give']): Promise<Got<K>>
  close(): void
}

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

/** Starts the engine in a thread of its own. Whoever starts one closes it. */
export function startSimulator(): Simulator {
  const worker = new Worker(new URL('./simulate.worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let asked = 0
  const fail = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.onmessage = ({ data }: MessageEvent<Told>) => {
    const one = waiting.get(data.id)
    waiting.delete(data.id)
    if (!one) return
    if ('error' in data) one.reject(new Error(data.error))
    // What was asked for says of which form the answer is.
    else one.resolve(data.ok as never)
  }
  worker.onerror = (event) => fail(new Error(event.message || 'The simulation stopped. Reload the page.'))
  return {
    ask: (ask, give) =>
      new Promise((resolve, reject) => {
        asked++
        waiting.set(asked, { resolve, reject })
        worker.postMessage({ id: asked, ask, give })
      }),
    close: () => {
      worker.terminate()
      fail(new Error('The simulation was closed.'))
    },
  }
}
