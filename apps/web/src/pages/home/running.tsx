import { useQuery } from '@tanstack/react-query'
import { api } from '../../shell/api.ts'
import { clockWords, spanWords } from '../../ui/date-words.ts'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { StateDot } from '../../ui/marks.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Facts, Section } from '../../ui/panel.tsx'

const LATE = 60_000

/** Whether the machine keeps up. */
export function Running({ parked }: { parked: number | undefined }) {
  const running = useQuery(api.home.running.queryOptions(undefined, { refetchInterval: 15_000 }))
  const { data } = running
  if (!data)
    return running.error ? (
      <FailedFrame what="The state of the machine" error={running.error} onRetry={() => void running.refetch()} />
    ) : null
  return (
    <Section
      title="Running"
      right={data.lagMs < LATE ? <StateDot tone="ok">on time</StateDot> : <StateDot tone="warn">{spanWords(data.lagMs)} behind</StateDot>}
    >
      <Facts
        ends
        facts={[
          [`Steps since ${clockWords(data.since)}`, fullNumber(data.steps)],
          ['Mails waiting to go out', fullNumber(data.mailsWaiting)],
          [
            'Standing still with an error',
            <span key="parked" className={parked ? 'danger' : undefined}>
              {parked === undefined ? '–' : fullNumber(parked)}
            </span>,
          ],
        ]}
      />
    </Section>
  )
}
