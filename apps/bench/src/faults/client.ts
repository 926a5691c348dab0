import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { messageOf, type Phase } from './script.ts'
import { KEY, PEOPLE } from './world.ts'

/** An answer that a client got on its way, other than that all is stored. */
export interface Trouble {
  /** null: there was nobody, or the connection broke. */
  status: number | null
  said: string
}

const REST = 25

/** What is told only to take room: no flow asks for it. */
export const FILLER = 'Filled'
const FILLERS = 4
/** Not so long that the database would put it elsewhere, and nothing that it could make shorter. */
const FILLER_BYTES = 1_200

/**
 * A tracking client: tells what happens, each request repeated as it is until it was answered with 200. What another answer says is
 * kept, for the soak to judge.
 */
export interface Client {
  /**
   * Tells all of a phase, two requests at a time.
   * @param url where the server is now; asked anew for each try
   * @param over true: give up, whoever wanted the answers has gone
   */
  tell(phase: Pick<Phase, 'at' | 'batches'>, url: () => string, over?: () => boolean): Promise<void>
  /** Tells long events of nothing, one request after the other, until it is over. @returns the ids of those that were stored */
  pour(at: number, url: () => string, over: () => boolean): Promise<string[]>
  trouble: readonly Trouble[]
}

export function createClient(): Client {
  const trouble: Trouble[] = []
  let filled = 0

  async function ask(url: string, batch: readonly object[], at: number): Promise<boolean> {
    try {
      const answer = await fetch(`${url}/v1/batch`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${KEY}:`)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ batch, sentAt: new Date(at).toISOString() }),
        signal: AbortSignal.timeout(20_000),
      })
      const said = await answer.text()
      if (answer.status !== 200) trouble.push({ status: answer.status, said })
      return answer.status === 200
    } catch (error) {
      trouble.push({ status: null, said: error instanceof Error ? error.message : String(error) })
      return false
    }
  }

  return {
    trouble,
    async tell({ at, batches }, url, over = () => false) {
      const open = [...batches]
      const hand = async () => {
        for (let batch = open.shift(); batch; batch = open.shift())
          while (
            !(await ask(
              url(),
              batch.map((it) => messageOf(it, at)),
              at,
            ))
          ) {
            if (over()) return
            await pause(REST)
          }
      }
      await Promise.all([hand(), hand()])
    },
    async pour(at, url, over) {
      const stored: string[] = []
      while (!over()) {
        const n = filled
        filled += FILLERS
        const names = Array.from({ length: FILLERS }, (_, i) => `filler-${n + i}`)
        const batch = names.map((name, i) => ({
          ...messageOf({ id: name, person: (n + i) % PEOPLE, type: FILLER }, at),
          properties: { text: randomBytes(FILLER_BYTES).toString('base64') },
        }))
        if (await ask(url(), batch, at)) stored.push(...names)
        else await pause(REST)
      }
      return stored
    },
  }
}
