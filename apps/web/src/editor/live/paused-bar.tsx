import { IconAlertTriangle, IconClockPause } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { DateText } from '../../ui/date-text.tsx'
import { trippedWords } from './tripped-words.ts'

/** That the flow stands still, since when, and why where it was paused by itself. */
export function PausedBar({ flowId, since }: { flowId: string; since: number | null }) {
  const { data } = useQuery(api.sending.flow.queryOptions({ flowId }, { staleTime: 0 }))
  if (data?.tripped) {
    return (
      <p className="float paused tripped" role="alert">
        <IconAlertTriangle size={16} stroke={1.75} className="danger" aria-hidden="true" />
        <span>
          <b>Paused by itself</b> <DateText at={data.tripped.at} style="full" />: {trippedWords(data.tripped)}. Nobody takes a step and no
          mail goes out; what comes in is kept. Look at why before it goes on.
        </span>
      </p>
    )
  }
  return (
    <p className="float paused">
      <IconClockPause size={16} stroke={1.75} className="warn" aria-hidden="true" />
      <span>
        <b>Paused</b> since <DateText at={since} style="full" />. Nobody takes a step and no mail goes out; what comes in is kept.
      </span>
    </p>
  )
}
