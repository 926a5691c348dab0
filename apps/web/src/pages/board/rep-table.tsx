import '../../ui/table.css'
import { IconChevronRight } from '@tabler/icons-react'
import { type DragEvent, Fragment, type ReactNode, useState } from 'react'
import { DateText } from '../../ui/date-text.tsx'
import { Avatar, Chip } from '../../ui/marks.tsx'
import { Meter } from '../../ui/meter.tsx'
import { percent } from '../../ui/numbers.ts'
import { bringsLeads, droppedLeads } from './drag.ts'
import { RepLeads } from './rep-leads.tsx'
import { type Board, type BoardLead, type BoardRep, type Holder, moneyWords, spanOrDash } from './words.ts'

const keyOf = (holder: Holder): string => (typeof holder === 'string' ? holder : holder.repId)

type Props = {
  board: Board
  teamId: string | null
  picked: ReadonlyMap<number, BoardLead>
  onPick: (picked: ReadonlyMap<number, BoardLead>) => void
  /** Leads were dragged onto a row, or are to be moved from one. */
  onMove: (leads: readonly BoardLead[], to: Holder | null) => void
}

const HEADS = ['New', 'Working', 'Resting', 'Due today', 'Late', 'Deals'] as const

/** A row for each rep, and one for what lies with nobody; a row opens to its leads. Leads can be dragged onto a row. */
export function RepTable({ board, teamId, picked, onPick, onMove }: Props) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [over, setOver] = useState<string | null>(null)
  const toggle = (key: string) => {
    const next = new Set(open)
    if (!next.delete(key)) next.add(key)
    setOpen(next)
  }
  const drop = (holder: Holder) => ({
    onDragOver: (event: DragEvent) => {
      if (!bringsLeads(event)) return
      event.preventDefault()
      setOver(keyOf(holder))
    },
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      setOver(null)
      const leads = droppedLeads()
      if (leads.length > 0) onMove(leads, holder)
    },
  })
  const row = (holder: Holder, cells: ReactNode, count: number) => {
    const key = keyOf(holder)
    const shown = open.has(key)
    return (
      <Fragment key={key}>
        <tr className={over === key ? 'row-line opens over' : 'row-line opens'} {...drop(holder)}>
          <td className="fold">
            <button
              type="button"
              className="fold-button"
              aria-expanded={shown}
              aria-label={shown ? 'Hide the leads' : 'Show the leads'}
              disabled={count === 0}
              onClick={() => toggle(key)}
            >
              <IconChevronRight size={14} stroke={1.75} aria-hidden="true" />
            </button>
          </td>
          {cells}
        </tr>
        {shown && (
          <tr className="leads-line">
            <td colSpan={12}>
              <RepLeads
                teamId={teamId}
                of={holder}
                zone={board.zone}
                picked={picked}
                onPick={onPick}
                onMove={(leads) => onMove(leads, null)}
              />
            </td>
          </tr>
        )}
      </Fragment>
    )
  }
  const { queue, reps } = board
  return (
    <table className="table tall board-table" aria-label="Reps">
      <thead>
        <tr>
          <th className="fold" aria-label="Leads" />
          <th>Rep</th>
          <th style={{ width: 150 }}>Open</th>
          {HEADS.map((head) => (
            <th key={head} className="num">
              {head}
            </th>
          ))}
          <th className="num">On time</th>
          <th className="num">Accepted</th>
          <th className="num">First contact</th>
        </tr>
      </thead>
      <tbody>
        {queue.manager > 0 &&
          row(
            'manager',
            <Waiting
              name="Waits for you"
              hint="Nobody worked them in time: say who gets them"
              n={queue.manager}
              since={queue.managerSince}
              urgent
            />,
            queue.manager,
          )}
        {queue.queued > 0 &&
          row(
            'queue',
            <Waiting name="Waits for a rep" hint="Nobody who is there has room" n={queue.queued} since={queue.since} />,
            queue.queued,
          )}
        {reps.map((rep) => row({ repId: rep.userId }, <RepCells rep={rep} now={board.now} />, rep.now.open))}
      </tbody>
    </table>
  )
}

function Waiting({
  name,
  hint,
  n,
  since,
  urgent = false,
}: {
  name: string
  hint: string
  n: number
  since: number | null
  urgent?: boolean
}) {
  return (
    <>
      <td>
        <div className={urgent ? 'name sales' : 'name'}>{name}</div>
        <div className="second clip">{hint}</div>
      </td>
      <td>
        <b className="num">{n}</b>{' '}
        <span className="small muted">
          the oldest since <DateText at={since} />
        </span>
      </td>
      <td colSpan={9} />
    </>
  )
}

function RepCells({ rep, now }: { rep: BoardRep; now: number }) {
  const { now: has, period, onTime } = rep
  const answered = period.accepted + period.rejected
  const away = rep.away !== null && rep.away.from <= now
  return (
    <>
      <td>
        <span className="row">
          <Avatar name={rep.name} quiet />
          <span className="clip">
            <span className={rep.active ? 'name two-lines' : 'name two-lines faint'}>{rep.name}</span>
            <span className="second two-lines">
              {!rep.active ? (
                'Deactivated'
              ) : away ? (
                <Chip tone="warn">
                  away until <DateText at={(rep.away?.to ?? now) - 1} style="day" />
                </Chip>
              ) : !rep.takes ? (
                'Takes no new leads'
              ) : rep.away === null ? (
                `${period.given} given`
              ) : (
                <>
                  away from <DateText at={rep.away.from} style="day" />
                </>
              )}
            </span>
          </span>
        </span>
      </td>
      <td>
        <span className="load">
          <Meter label={`Open leads of ${rep.name}`} value={has.open} max={rep.cap ?? Math.max(10, has.open * 1.25)} look="load" />
          <span className={rep.cap !== null && has.open >= rep.cap ? 'small num danger' : 'small num muted'}>
            {rep.cap === null ? has.open : `${has.open}/${rep.cap}`}
          </span>
        </span>
      </td>
      <td className="num">{has.fresh}</td>
      <td className="num">{has.working}</td>
      <td className="num">{has.sleeping}</td>
      <td className="num">{has.today}</td>
      <td className="num">{has.late > 0 ? <b className="danger">{has.late}</b> : 0}</td>
      <td className="num" title={period.won > 0 ? `${period.won} won, ${moneyWords(period.revenue)}` : undefined}>
        {has.opportunities}
      </td>
      <td className="num" title={`${onTime.kept} of ${onTime.of}`}>
        {percent(onTime.kept, onTime.of)}
      </td>
      <td className="num" title={`${period.accepted} of ${answered}`}>
        {percent(period.accepted, answered)}
      </td>
      <td className="num">{spanOrDash(rep.contactMs)}</td>
    </>
  )
}
