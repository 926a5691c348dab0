import { Agent, request } from 'node:http'

export interface Call {
  body: Buffer
  headers: Record<string, string>
}

/** Sends one request. @throws Error with the answer unless it is 200 */
function send(url: string, agent: Agent, { body, headers }: Call): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, 'content-type': 'application/json' } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8')
        if (answer.statusCode === 200) resolve()
        else reject(new Error(`The server answered ${answer.statusCode}: ${text.slice(0, 500)}`))
      })
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/**
 * Sends calls over kept connections, so many at once.
 * @returns seconds from the first request to the last answer, and the answers' middle and slowest-but-one-in-a-hundred time in ms
 */
export async function sendAll(url: string, calls: readonly Call[], atOnce: number): Promise<{ seconds: number; p50: number; p99: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce })
  const times: number[] = []
  let next = 0
  const lane = async () => {
    for (;;) {
      const call = calls[next++]
      if (!call) return
      const from = performance.now()
      await send(url, agent, call)
      times.push(performance.now() - from)
    }
  }
  const from = performance.now()
  try {
    await Promise.all(Array.from({ length: atOnce }, lane))
    const seconds = (performance.now() - from) / 1000
    times.sort((a, b) => a - b)
    const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
    return { seconds, p50: at(0.5), p99: at(0.99) }
  } finally {
    agent.destroy()
  }
}
