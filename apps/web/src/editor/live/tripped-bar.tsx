import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { trippedWords } from './tripped-words.ts'

/** Why the flow was paused by itself, where it was. */
export function TrippedBar({ flowId }: { flowId: string }) {
  const { data } = useQuery(api.sending.flow.queryOptions({ flowId }, { staleTime: 0 }))
  if (!data?.tripped) return null
  return (
    <p className="float paused tripped" role="alert">
      <IconAlertTriangle size={16} stroke={1.75} className="danger" aria-hidden="true" />
      <span>
        <b>Paused by itself</b> <DateText at={data.tripped.at} style="full" />: {trippedWords(data.tripped)}. Look at why before it goes on.
      </span>
    </p>
  )
}
