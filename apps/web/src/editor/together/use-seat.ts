import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import { client } from '../../shell/api.ts'
import { CallError } from '../../shell/call.ts'
import { statusOf } from '../../shell/problem.ts'
import { reportFailure } from '../../shell/use-sign-out-watch.ts'
import { createSeat, type Seat, type SeatDeed } from './seat.ts'
import { farewell, passOn, thisTab } from './tab.ts'
import { after, settled } from './under-way.ts'

/** What pages of one browser tell each other at once: that something about who draws a flow has changed. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('baton.seat')

function call(flowId: string, deed: SeatDeed, rev: number | null) {
  const seen = { flowId, tab: thisTab.tab, rev }
  switch (deed.do) {
    case 'look':
      return client.editing.look.query(seen)
    case 'enter':
      return client.editing.enter.mutate({ ...seen, instead: thisTab.instead })
    case 'answer':
      return client.editing.answer.mutate({ ...seen, yes: deed.yes })
    case 'beat':
    case 'ask':
    case 'take':
    case 'leave':
      return client.editing[deed.do].mutate(seen)
  }
}

/** The first word: whether this page draws. What is in the archive is only looked at. */
async function enter(flowId: string, mayDraw: boolean) {
  await settled(flowId)
  const look = () => call(flowId, { do: 'look' }, null)
  if (!mayDraw) return look()
  const first = call(flowId, { do: 'enter' }, null)
  void after(flowId, () => first)
  try {
    return await first
  } catch (error) {
    if (error instanceof CallError && statusOf(error) === 404) return look()
    throw error
  }
}

type Entry = Awaited<ReturnType<typeof enter>>

/** Asks for a flow's place when the page opens. */
export const useEntry = (flowId: string, mayDraw: boolean) =>
  useQuery({
    queryKey: ['seat', flowId, mayDraw],
    queryFn: () => enter(flowId, mayDraw),
    gcTime: 0,
    refetchOnMount: 'always',
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

/**
 * The place of this page at a flow, from opening it to leaving it: it draws, or reads along. Undefined until the server has answered.
 * @param rev the revision of the draft that the page shows, once it has it
 */
export function useSeat(flowId: string, mayDraw: boolean, answer: Entry | undefined, rev: number | undefined): Seat | undefined {
  const ready = rev !== undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the page started from counts, not what it shows later
  const seat = useMemo<Seat | undefined>(() => {
    if (!answer || !ready) return undefined
    const { draft: _, ...editing } = answer
    return createSeat(
      editing,
      { mayDraw, rev: rev ?? 0 },
      {
        async call(deed, shown) {
          const done = await call(flowId, deed, shown)
          if (deed.do !== 'look' && deed.do !== 'beat') channel?.postMessage(flowId)
          return done
        },
        later: (then, ms) => {
          const timer = setTimeout(then, ms)
          return () => clearTimeout(timer)
        },
        seen: () => document.visibilityState === 'visible',
        onError: reportFailure,
      },
    )
  }, [answer, flowId, mayDraw, ready])
  const left = useRef(false)
  useEffect(() => {
    if (!mayDraw) return
    return () => {
      // After whatever else ends with this page: what is unsaved is saved before the place is given back.
      queueMicrotask(() => {
        left.current = true
        void after(flowId, () => call(flowId, { do: 'leave' }, null))
        channel?.postMessage(flowId)
      })
    }
  }, [flowId, mayDraw])
  useEffect(() => {
    if (!seat) return
    if (left.current) void after(flowId, () => seat.does({ do: 'enter' }))
    left.current = false
    const poke = () => seat.poke()
    const heard = (event: MessageEvent) => event.data === flowId && seat.poke()
    const hide = () => {
      passOn()
      if (mayDraw) farewell(flowId)
    }
    const back = (event: PageTransitionEvent) => {
      if (event.persisted && mayDraw) void seat.does({ do: 'enter' }).catch(reportFailure)
    }
    channel?.addEventListener('message', heard)
    window.addEventListener('online', poke)
    window.addEventListener('pagehide', hide)
    window.addEventListener('pageshow', back)
    document.addEventListener('visibilitychange', poke)
    return () => {
      seat.stop()
      channel?.removeEventListener('message', heard)
      window.removeEventListener('online', poke)
      window.removeEventListener('pagehide', hide)
      window.removeEventListener('pageshow', back)
      document.removeEventListener('visibilitychange', poke)
    }
  }, [seat, flowId, mayDraw])
  return seat
}
