import { emailOf, KEY, PEOPLE, PINGS } from './world.ts'

const BATCH = 20

/** A tracking client: batches with ids of their own, each repeated until it was answered with 200. */
export interface Pinger {
  /** Sends to this server until all is sent or the server is gone. */
  send(url: string): Promise<void>
  done(): boolean
}

export function createPinger(): Pinger {
  const at = new Date().toISOString()
  const all = Array.from({ length: PEOPLE * PINGS }, (_, i) => ({
    type: 'track',
    event: 'Pinged',
    messageId: `ping-${i}`,
    userId: emailOf(i % PEOPLE),
    context: { traits: { email: emailOf(i % PEOPLE) } },
    timestamp: at,
    sentAt: at,
  }))
  const batches = Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) => all.slice(i * BATCH, (i + 1) * BATCH))
  return {
    done: () => batches.length === 0,
    async send(url) {
      for (let batch = batches[0]; batch; batch = batches[0]) {
        const answer = await fetch(`${url}/v1/batch`, {
          method: 'POST',
          headers: { authorization: `Basic ${btoa(`${KEY}:`)}`, 'content-type': 'application/json' },
          body: JSON.stringify({ batch }),
        }).catch(() => undefined)
        if (answer === undefined) return
        if (answer.status !== 200) throw new Error(`The tracking API answered ${answer.status}: ${await answer.text()}`)
        batches.shift()
      }
    },
  }
}
