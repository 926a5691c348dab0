import './machine.css'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Answers, api } from '../../../shell/api.ts'
import { DateText } from '../../../ui/date-text.tsx'
import { spanWords } from '../../../ui/date-words.ts'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { StateDot } from '../../../ui/marks.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { Facts } from '../../../ui/panel.tsx'
import { SkeletonText } from '../../../ui/skeleton.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { LagChart } from './lag-chart.tsx'
import { dueWords, isQuiet, secondsWords, slowedWords, troubleWords } from './machine-words.ts'

type Told = Answers['system']['machine']
type Worker = Told['workers'][number]

/** Whether the work is done when it is due, who does it, and how that was in the last hour; renewed while somebody looks. */
export function Machine() {
  const { data, error, refetch } = useQuery(api.system.machine.queryOptions(undefined, { refetchInterval: 5_000 }))
  if (!data) return error ? <FailedFrame what="How it does" error={error} onRetry={() => void refetch()} /> : <SkeletonText lines={8} />
  const { inbox, timers, mails, calls, scans, trouble, slowed, lastHour, now, wall } = data
  const inTrouble = Object.values(trouble).reduce((sum, n) => sum + n, 0)
  return (
    <div className="machine">
      <div className="machine-parts">
        <Facts
          facts={[
            ['Behind', <Behind key="lag" ms={data.lagMs} />],
            ['Came in, not handled', dueWords(inbox, now)],
            ['Steps due', dueWords(timers, now)],
            ['Mails due', dueWords(mails, now)],
            ['Calls and notes due', dueWords(calls, now)],
            ['Passes under way', fullNumber(scans)],
            [
              'In trouble',
              inTrouble === 0 ? (
                'Nothing'
              ) : (
                <Link key="trouble" to="/trouble">
                  {troubleWords(trouble)}
                </Link>
              ),
            ],
            ...(slowed.length === 0 ? [] : [['Slowed down', <Slowed key="slowed" slowed={slowed} />] as const]),
          ]}
        />
        <LagChart points={lastHour} />
      </div>
      <Table label="Who works" rows={data.workers} rowKey={(row) => row.owner} columns={columns(wall)} />
      {data.unowned > 0 && (
        <p className="small warn">
          Nobody works on {fullNumber(data.unowned)} of 1,024 parts at this moment. Others take them over within half a minute.
        </p>
      )}
    </div>
  )
}

function Behind({ ms }: { ms: number }) {
  return <StateDot tone={ms < 60_000 ? 'ok' : 'warn'}>{ms < 1_000 ? 'Not behind' : `${secondsWords(ms)} behind`}</StateDot>
}

const Slowed = ({ slowed }: { slowed: Told['slowed'] }) => (
  <ul className="machine-slowed">
    {slowed.map(({ name, until }) => (
      <li key={name}>
        {slowedWords(name)}, until <DateText at={until} />
      </li>
    ))}
  </ul>
)

const columns = (wall: number): readonly Column<Worker>[] => [
  { id: 'owner', head: 'Worker', cell: ({ owner }) => <span className="name clip">{owner}</span> },
  { id: 'buckets', head: 'Parts of 1,024', num: true, width: 120, cell: ({ buckets }) => fullNumber(buckets) },
  { id: 'since', head: 'Works since', width: 150, cell: ({ startedAt }) => <DateText at={startedAt} style="full" /> },
  {
    id: 'seen',
    head: 'Last heard of',
    width: 160,
    cell: ({ seenAt }) => (
      <StateDot tone={isQuiet(wall - seenAt) ? 'warn' : 'ok'}>
        {wall - seenAt < 60_000 ? `${secondsWords(Math.max(0, wall - seenAt))} ago` : `${spanWords(wall - seenAt)} ago`}
      </StateDot>
    ),
  },
]
