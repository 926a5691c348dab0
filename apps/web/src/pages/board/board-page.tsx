import './board.css'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../shell/api.ts'
import { Button, ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FailedFrame } from '../../ui/error-frame.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { SkeletonRows } from '../../ui/skeleton.tsx'
import { BulkBar } from '../../ui/table.tsx'
import { BoardBar } from './board-bar.tsx'
import { DayLine } from './day-line.tsx'
import { PeriodStrip } from './figures.tsx'
import { type Asked, MoveDialog } from './move-dialog.tsx'
import { PeriodChart } from './period-chart.tsx'
import { RepTable } from './rep-table.tsx'
import type { BoardLead } from './words.ts'

const route = getRouteApi('/frame/board')

const periods = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
] as const

/** The manager's board: who has what, how deadlines are kept, and moving leads by hand. */
export function BoardPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const days = search.days ?? 30
  const teamId = search.team ?? null
  const look = useQuery(api.board.look.queryOptions({ teamId, days }, { refetchInterval: 15_000, placeholderData: (before) => before }))
  const [picked, setPicked] = useState<ReadonlyMap<number, BoardLead>>(new Map())
  const [asked, setAsked] = useState<Asked | null>(null)
  const board = look.data
  const setDays = (value: string) =>
    void navigate({ to: '/board', search: { ...search, days: value === '30' ? undefined : Number(value) }, replace: true })
  return (
    <div className="page">
      <BoardBar page="/board" search={search} />
      <div className="page-body board">
        {look.error && !board && <FailedFrame what="The board" error={look.error} onRetry={() => void look.refetch()} />}
        {!board && !look.error && <SkeletonRows rows={8} height={47} />}
        {board && (
          <>
            <header className="board-head">
              <h2>What became of the leads</h2>
              <Segmented label="Period" size="small" value={String(days)} onChange={setDays} options={[...periods]} />
            </header>
            <PeriodStrip board={board} days={days} />
            <div className="board-charts">
              <DayLine board={board} />
              <PeriodChart board={board} days={days} />
            </div>
            <header className="board-head">
              <h2>Who has what</h2>
              <span className="small muted">Open a row to see its leads. Drag a lead onto another row, or move it by its button.</span>
            </header>
            {picked.size > 0 && (
              <BulkBar count={picked.size} onClear={() => setPicked(new Map())}>
                <Button look="primary" size="small" onClick={() => setAsked({ leads: [...picked.values()], to: null })}>
                  Move…
                </Button>
              </BulkBar>
            )}
            {board.reps.length === 0 && board.queue.manager + board.queue.queued === 0 ? (
              <EmptyState title="Nobody takes leads yet." actions={<ButtonLink to="/settings/teams">To the teams</ButtonLink>}>
                Make a team with members; flows then hand leads to it, and they stand here.
              </EmptyState>
            ) : (
              <RepTable board={board} teamId={teamId} picked={picked} onPick={setPicked} onMove={(leads, to) => setAsked({ leads, to })} />
            )}
            <MoveDialog
              asked={asked}
              board={board}
              onClose={() => setAsked(null)}
              onDone={() => {
                setAsked(null)
                setPicked(new Map())
              }}
            />
          </>
        )}
      </div>
    </div>
  )
}
