import type { Condition } from '@baton/engine'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, client } from '../../shell/api.ts'

/** How many match, do not, and cannot be told. `error`: `matches` lies within ± this; `progress`: how much of the exact count is done. */
export interface Counts {
  matches: number
  not: number
  unknown: number
  error: number
  exact: boolean
  progress: number | null
}

const BUCKETS = 1024

interface Exact {
  of: string
  matches: number
  not: number
  unknown: number
  from: number | null
}

/** An estimate at once; where it is none of everybody, the exact count follows portion by portion. */
export function useCounts(condition: Condition, complete: boolean) {
  const estimate = useQuery(
    api.segments.estimate.queryOptions({ condition }, { enabled: complete, placeholderData: keepPreviousData, staleTime: 5000 }),
  )
  const of = JSON.stringify(condition)
  const [exact, setExact] = useState<Exact | null>(null)
  const found = estimate.data && 'counts' in estimate.data ? estimate.data.counts : undefined
  const goOn = complete && !estimate.isPlaceholderData && found?.exact === false

  useEffect(() => {
    if (!goOn) return
    const stop = new AbortController()
    const count = async () => {
      const sum = { matches: 0, not: 0, unknown: 0 }
      for (let from: number | null = 0; from !== null && !stop.signal.aborted; ) {
        const answer: Awaited<ReturnType<typeof client.segments.count.query>> = await client.segments.count.query(
          { condition: JSON.parse(of), from },
          { signal: stop.signal },
        )
        if (!('counts' in answer) || !answer.counts || stop.signal.aborted) return
        const { counts } = answer
        sum.matches += counts.matches
        sum.not += counts.not
        sum.unknown += counts.unknown
        from = counts.next
        setExact({ of, ...sum, from })
      }
    }
    // The estimate stays on the page when counting fails.
    count().catch(() => undefined)
    return () => stop.abort()
  }, [goOn, of])

  const running = exact?.of === of ? exact : null
  const counts: Counts | undefined =
    found === undefined
      ? undefined
      : running?.from === null
        ? { matches: running.matches, not: running.not, unknown: running.unknown, error: 0, exact: true, progress: null }
        : { ...found, progress: goOn ? (running?.from ?? 0) / BUCKETS : null }
  return { counts, query: estimate }
}
