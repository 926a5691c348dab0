import { useInfiniteQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import type { Territory } from './team.ts'

export type Coverage = Answers['teams']['coverage']

const BUCKETS = 1024

/** Portions of a count, added up. */
export function together(parts: readonly Coverage[]): Coverage | undefined {
  const [first, ...rest] = parts
  if (!first) return undefined
  return rest.reduce<Coverage>(
    (sum, part) => ({
      territories: Object.fromEntries(
        Object.entries(sum.territories).map(([id, it]) => {
          const more = part.territories[id] ?? { people: 0, open: 0, fits: 0 }
          return [id, { people: it.people + more.people, open: it.open + more.open, fits: it.fits + more.fits }]
        }),
      ),
      faults: part.faults,
      overlaps: plus(sum.overlaps, part.overlaps),
      both: [...sum.both, ...part.both].slice(0, 12),
      nobody: sum.nobody + part.nobody,
      total: sum.total + part.total,
      next: part.next,
    }),
    first,
  )
}

function plus(a: Coverage['overlaps'], b: Coverage['overlaps']): Coverage['overlaps'] {
  const key = (it: Coverage['overlaps'][number]) => `${it.first} ${it.second}`
  const sums = new Map(a.map((it) => [key(it), it]))
  for (const it of b) sums.set(key(it), { ...it, people: it.people + (sums.get(key(it))?.people ?? 0) })
  return [...sums.values()]
}

/** Who comes to which territory: counted a portion at a time until everybody was; `share` says how much is counted so far. */
export function useCoverage(teamId: string, territories: readonly Territory[]): { coverage: Coverage | undefined; share: number } {
  const query = useInfiniteQuery(
    api.teams.coverage.infiniteQueryOptions(
      { id: teamId },
      { getNextPageParam: (part) => part.next, enabled: territories.length > 0, staleTime: 60_000 },
    ),
  )
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  const coverage = data && together(data.pages)
  return { coverage, share: coverage?.next === null || coverage === undefined ? 1 : Math.max(coverage.next, 1) / BUCKETS }
}
