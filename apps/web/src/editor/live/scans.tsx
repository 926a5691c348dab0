import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { type Answers, api } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { confirm } from '../../ui/confirm.ts'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { toast } from '../../ui/toast.ts'
import { type Pace, paceOf, toGoWords } from './scan-pace.ts'

type Scan = Answers['live']['scans'][number]

const words: Record<Scan['kind'], string> = {
  publish: 'People who match are coming in',
  resume: 'People go on after the pause',
  stop: 'People are leaving',
  segment: 'The segment is counted',
  score: 'Points are brought to the new score model',
  dates: 'Dates are looked up',
  schedule: 'People are coming in by the schedule',
  migrate: 'People are being moved',
  'migrate-back': 'People are being moved back',
}

/** What a pass that somebody may stop has done to people, and how it goes on. */
const stoppable: Partial<Record<Scan['kind'], { title: string; did: (scan: Scan) => string; rest: string }>> = {
  publish: {
    title: 'Stop letting people in?',
    did: ({ found }) => `${people(found)} came in and ${found === 1 ? 'stays' : 'stay'} in`,
    rest: 'Let in the rest',
  },
  migrate: {
    title: 'Stop moving people?',
    did: ({ found, version }) => `${people(found)} ${found === 1 ? 'was' : 'were'} told to go over to version ${version}`,
    rest: 'Move the rest',
  },
  'migrate-back': {
    title: 'Stop moving people back?',
    did: ({ found }) => `${people(found)} ${found === 1 ? 'was' : 'were'} sent back`,
    rest: 'Move back the rest',
  },
}
const isMove = ({ kind }: Scan) => kind === 'migrate' || kind === 'migrate-back'

const people = (n: number) => `${fullNumber(n)} ${n === 1 ? 'person' : 'people'}`

/** For so long it is told that times of a schedule were missed. */
const MISSED_SHOWN = 3 * 86_400_000

/** Whether somebody may go on with it: it was stopped before its end, and none of the same sort came after it. */
const isLeft = (scan: Scan, all: readonly Scan[]) =>
  stoppable[scan.kind] !== undefined &&
  scan.status === 'cancelled' &&
  scan.done < scan.total &&
  !all.some(
    (it) =>
      (it.kind === scan.kind || (isMove(it) && isMove(scan))) &&
      it.node === scan.node &&
      it.segmentId === scan.segmentId &&
      it.id !== scan.id &&
      it.startedAt >= scan.startedAt,
  )

/** Passes over many people: how far they are, how long they take yet, with a way to stop them and to let in the rest. */
export function Scans({ flowId, letsIn, mayEdit }: { flowId: string; letsIn: boolean; mayEdit: boolean }) {
  const queries = useQueryClient()
  const now = useNow()
  const scans = useQuery(
    api.live.scans.queryOptions(
      { flowId },
      { staleTime: 0, refetchInterval: (query) => (query.state.data?.some((it) => it.status === 'running') ? 1_000 : 5_000) },
    ),
  )
  const reload = () => queries.invalidateQueries({ queryKey: api.live.scans.queryKey({ flowId }) })
  const onError = (error: { message: string }) => toast({ words: error.message, bad: true })
  const cancel = useMutation(api.live.cancelScan.mutationOptions({ onSuccess: reload, onError }))
  const resume = useMutation(api.live.resumeScan.mutationOptions({ onSuccess: reload, onError }))
  const stop = async (scan: Scan) => {
    const left = Math.max(0, scan.total - scan.done)
    const can = stoppable[scan.kind]
    if (!can) return
    const text = `${can.did(scan)}. ${people(left)} ${left === 1 ? 'has' : 'have'} not been looked at; you can go on with them later.`
    if (await confirm({ title: can.title, text, deed: 'Stop' })) cancel.mutate({ id: scan.id })
  }
  const all = scans.data ?? []
  const shown = all.filter((it) => it.status === 'running' || it.status === 'failed' || (letsIn && isLeft(it, all))).slice(0, 3)
  const late = all.find((it) => it.kind === 'schedule' && it.missed > 0 && it.startedAt > now - MISSED_SHOWN)
  return (
    <>
      {late && (
        <p className="float scan small">
          {late.missed === 1 ? 'A time' : `${fullNumber(late.missed)} times`} of the schedule passed while Baton was down. Only the latest
          was made up: <DateText at={late.occurrence} style="full" />.
        </p>
      )}
      {shown.map((scan) => (
        <div key={scan.id} className="float scan">
          {scan.status === 'failed' && (
            <p className="small danger" role="alert">
              {words[scan.kind]}: this stopped after {fullNumber(scan.done)} people. {scan.error}
            </p>
          )}
          {scan.status === 'running' && (
            <Running scan={scan} at={scans.dataUpdatedAt} onStop={mayEdit && stoppable[scan.kind] ? () => void stop(scan) : undefined} />
          )}
          {scan.status === 'cancelled' && (
            <div className="scan-left">
              <p className="small grow">
                Stopped. {stoppable[scan.kind]?.did(scan)}; {people(scan.total - scan.done)} {scan.total - scan.done === 1 ? 'has' : 'have'}{' '}
                not been looked at.
              </p>
              {mayEdit && (
                <Button size="small" busy={resume.isPending} onClick={() => resume.mutate({ id: scan.id })}>
                  {stoppable[scan.kind]?.rest}
                </Button>
              )}
            </div>
          )}
        </div>
      ))}
    </>
  )
}

function Running({ scan, at, onStop }: { scan: Scan; at: number; onStop: (() => void) | undefined }) {
  const pace = useRef<Pace | undefined>(undefined)
  pace.current = paceOf(pace.current, { done: scan.done, at })
  const letIn = scan.kind === 'publish' || scan.kind === 'schedule' ? `${fullNumber(scan.found)} came in` : undefined
  const facts = [letIn, toGoWords(pace.current, scan.total - scan.done)].filter((it) => it !== undefined)
  return (
    <>
      <ProgressBar
        label={words[scan.kind]}
        done={scan.done}
        total={Math.max(scan.total, scan.done)}
        unit="people"
        onCancel={onStop}
        cancelWords="Stop"
      />
      {facts.length > 0 && <p className="small muted num scan-facts">{facts.join(' · ')}</p>}
    </>
  )
}
