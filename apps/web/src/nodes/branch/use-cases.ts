import type { Condition } from '@baton/engine'
import { useDebouncedValue } from '@mantine/hooks'
import { useCallback, useEffect, useState } from 'react'
import { type Answers, client } from '../../shell/api.ts'

type Portion = Answers['segments']['cases']
type Share = Portion['total']

/** How many would go each way, as far as they were counted. `share`: of all contacts, up to 1. */
export interface CaseCounts extends Omit<Portion, 'next'> {
  share: number
}

type State = { of: string; counts: CaseCounts | null; error: unknown }

const BUCKETS = 1024
/** From the last key until people are counted. */
const DELAY = 400

const plus = (a: Share, b: Share | undefined): Share => ({ all: a.all + (b?.all ?? 0), among: a.among + (b?.among ?? 0) })

function added(before: CaseCounts | null, { next, ...portion }: Portion): CaseCounts {
  const share = next === null ? 1 : next / BUCKETS
  if (before === null) return { ...portion, share }
  return {
    cases: portion.cases.map((it, at) => ({ ...plus(it, before.cases[at]), out: it.out })),
    otherwise: plus(portion.otherwise, before.otherwise),
    unknown: plus(portion.unknown, before.unknown),
    total: plus(portion.total, before.total),
    share,
  }
}

/** Counts who would go which way of a branch: a first answer at once, the rest portion by portion while somebody looks. */
export function useCases(cases: readonly Condition[], among: string | null, enabled: boolean) {
  const [of] = useDebouncedValue(JSON.stringify({ cases, among }), DELAY)
  const [state, setState] = useState<State>({ of: '', counts: null, error: null })
  const [tries, setTries] = useState(0)
  const retry = useCallback(() => setTries((it) => it + 1), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try counts anew
  useEffect(() => {
    if (!enabled) return
    const stop = new AbortController()
    const count = async () => {
      let counts: CaseCounts | null = null
      for (let from: number | null = 0; from !== null; ) {
        const asked: { cases: Condition[]; among: string | null } = JSON.parse(of)
        const portion: Portion = await client.segments.cases.query({ ...asked, from }, { signal: stop.signal })
        if (stop.signal.aborted) return
        counts = added(counts, portion)
        from = portion.next
        setState({ of, counts, error: null })
      }
    }
    count().catch((error: unknown) => {
      if (!stop.signal.aborted) setState((before) => ({ of, counts: before.of === of ? before.counts : null, error }))
    })
    return () => stop.abort()
  }, [of, enabled, tries])
  // The last answer stays until the next one is there.
  return { counts: state.counts, stale: state.of !== of, error: state.of === of ? state.error : null, retry }
}
