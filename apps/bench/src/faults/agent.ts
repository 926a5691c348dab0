import { armFailpoints } from '@baton/db'
import { type Config, createLog, type RunningServer, startServer, type Timings } from '@baton/server'
import { SCANNED } from './flows.ts'
import { later, left, type SetClock, setClock } from './play.ts'
import { publish } from './world.ts'

/** What a parent asks of an agent. */
export type Order =
  | { do: 'open'; config: Config; timings: Timings; at: number }
  | { do: 'arm'; failpoints: string }
  | { do: 'clock'; at: number }
  | { do: 'publish'; at: number }
  /** How much is still to be done now, and how much waits for later. */
  | { do: 'left' }
  | { do: 'close' }

/** The answer to the order of the same number. */
export type Report = { n: number } & ({ error: string } | { url?: string; left?: number; later?: number })

const isOrder = (message: unknown): message is Order & { n: number } => typeof message === 'object' && message !== null && 'do' in message

/** Obeys the parent process: one server at a time, opened and closed as often as asked. */
export function openAgent(): void {
  let server: RunningServer | undefined
  let clock: SetClock | undefined

  async function obey(order: Order): Promise<Omit<Report, 'n'>> {
    switch (order.do) {
      case 'open': {
        clock = setClock(order.at)
        server = await startServer({ config: order.config, clock, log: createLog('silent'), timings: order.timings })
        return { url: server.url }
      }
      case 'arm':
        armFailpoints(order.failpoints)
        return {}
      case 'clock':
        clock?.set(order.at)
        return {}
      case 'publish':
        await server?.db.transaction((tx) => publish(tx, SCANNED, order.at))
        return {}
      case 'left':
        if (!server || !clock) return { left: 1, later: 1 }
        return { left: await left(server.db, clock.now()), later: await later(server.db) }
      case 'close':
        await server?.stop()
        server = undefined
        return {}
    }
  }

  process.on('message', (message: unknown) => {
    if (!isOrder(message)) return
    const { n, ...order } = message
    const tell = (report: Omit<Report, 'n'>) => process.send?.({ n, ...report })
    obey(order).then(tell, (error: unknown) => tell({ error: error instanceof Error ? error.message : String(error) }))
  })
  // As a supervisor would end it.
  process.on('SIGTERM', () => {
    const done = server ? server.stop() : Promise.resolve()
    done.then(
      () => process.exit(0),
      () => process.exit(70),
    )
  })
  process.on('disconnect', () => process.exit(0))
}
