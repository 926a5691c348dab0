import type { HandedAt, LeftAt } from '@baton/leads'
import { useEffect, useState } from 'react'
import { client } from '../../shell/api.ts'

/** What was recorded by score, as far as it has been read. `share`: of the people who were not handed over, how many were looked at. */
export interface History {
  of: string
  handed: readonly HandedAt[]
  left: readonly LeftAt[]
  leftWon: number
  share: number
  threshold: number | null
  failed: boolean
}

const BUCKETS = 1024

/** Reads the history of one score portion by portion; what is read at any moment is a uniform sample. */
export function useHistory(id: string, dimension: string, weeks: number): History | null {
  const of = `${id} ${dimension} ${weeks}`
  const [found, setFound] = useState<History | null>(null)

  useEffect(() => {
    const stop = new AbortController()
    const read = async () => {
      const left = new Map<number, LeftAt>()
      let sum: History = { of, handed: [], left: [], leftWon: 0, share: 0, threshold: null, failed: false }
      for (let from: number | null = 0; from !== null && !stop.signal.aborted; ) {
        const part: Awaited<ReturnType<typeof client.agreements.history.query>> = await client.agreements.history.query(
          { id, dimension, weeks, from },
          { signal: stop.signal },
        )
        if (stop.signal.aborted) return
        for (const { score, people, won } of part.left) {
          const was = left.get(score) ?? { score, people: 0, won: 0 }
          left.set(score, { score, people: was.people + people, won: was.won + won })
        }
        from = part.next
        sum = {
          ...sum,
          handed: part.handed ?? sum.handed,
          left: [...left.values()],
          leftWon: sum.leftWon + part.leftWon,
          share: (part.next ?? BUCKETS) / BUCKETS,
          threshold: part.threshold,
        }
        setFound(sum)
      }
    }
    read().catch(() => {
      if (!stop.signal.aborted)
        setFound((was) => ({ of, handed: [], left: [], leftWon: 0, share: 0, threshold: null, ...was, failed: true }))
    })
    return () => stop.abort()
  }, [id, dimension, weeks, of])

  return found?.of === of ? found : null
}
