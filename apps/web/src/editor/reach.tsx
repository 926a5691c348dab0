import { useQuery } from '@tanstack/react-query'
import { api } from '../shell/api.ts'
import { reachWords } from './reach-words.ts'

/** How much a flow may send within an hour at most, before it goes live. */
export function Reach({ flowId, atOnce }: { flowId: string; atOnce: number }) {
  const { data } = useQuery(api.sending.reach.queryOptions({ flowId }, { staleTime: 0 }))
  if (!data || data.mailsEach === 0) return null
  return <p className="dialog-text reach">{reachWords(data, atOnce)}</p>
}
