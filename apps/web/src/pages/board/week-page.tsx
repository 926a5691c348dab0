import './board.css'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { api } from '../../shell/api.ts'
import { Button, ButtonLink, IconButton } from '../../ui/button.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Chip } from '../../ui/marks.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { BoardBar } from './board-bar.tsx'
import { WeekDays, WeekFigures, WeekReasons, WeekTable } from './week-parts.tsx'
import type { Week } from './words.ts'

const route = getRouteApi('/frame/board/week')
const icon = { size: 16, stroke: 1.75 }
const DAY = 86_400_000

/** A date so many days later: of dates alone, no zone is asked. */
const later = (date: string, days: number): string => new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10)

const dateFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
const withYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

const spanOf = ({ week }: Week): string =>
  `${dateFormat.format(Date.parse(week.key))} to ${withYear.format(Date.parse(later(week.key, 6)))}`

/** What became of the leads of a week, beside the week before: the page of the mail. */
export function WeekPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const teamId = search.team ?? null
  const report = useQuery(
    api.board.week.queryOptions({ teamId, from: search.from ?? null }, { placeholderData: (before) => before, refetchInterval: 60_000 }),
  )
  const week = report.data
  const go = (days: number) => week && void navigate({ to: '/board/week', search: { ...search, from: later(week.week.key, days) } })
  return (
    <div className="page">
      <BoardBar page="/board/week" search={search}>
        {teamId !== null && (
          <ButtonLink look="quiet" to="/settings/teams/$teamId" params={{ teamId }} search={{ show: 'report' }}>
            Send by mail…
          </ButtonLink>
        )}
      </BoardBar>
      <div className="page-body board">
        {report.error && !week && <FailedFrame what="The report" error={report.error} onRetry={() => void report.refetch()} />}
        {!week && !report.error && <SkeletonRows rows={10} />}
        {week && (
          <>
            <div className="week-nav">
              <IconButton label="The week before" icon={<IconChevronLeft {...icon} />} onClick={() => go(-7)} />
              <IconButton label="The week after" icon={<IconChevronRight {...icon} />} disabled={week.running} onClick={() => go(7)} />
              <h2>{spanOf(week)}</h2>
              {week.running && <Chip tone="accent">still running</Chip>}
              {search.from !== undefined && (
                <Button
                  size="small"
                  look="quiet"
                  onClick={() => void navigate({ to: '/board/week', search: { ...search, from: undefined } })}
                >
                  Last whole week
                </Button>
              )}
            </div>
            <WeekFigures week={week} />
            <div className="week-parts">
              <WeekDays week={week} />
              <WeekReasons week={week} />
              <WeekTable title="By rep" first="Rep" given="Given" rows={week.reps.map((it) => ({ ...it, key: it.repId }))} />
              <WeekTable title="By flow" first="Flow" given="Handed over" rows={week.flows.map((it) => ({ ...it, key: it.flowId }))} />
            </div>
          </>
        )}
      </div>
    </div>
  )
}
