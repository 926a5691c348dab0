import './calendars.css'
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { useMay } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { useNow } from '../../../ui/date-text.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { toast } from '../../../ui/toast.ts'
import { SettingsHead } from '../settings-head.tsx'
import { type Calendar, coming, dayOf, hoursWords } from './calendar.ts'
import { CalendarDialog } from './calendar-dialog.tsx'

const columnsAt = (today: string): readonly Column<Calendar>[] => [
  { id: 'name', head: 'Calendar', cell: (it) => <span className="name">{it.name}</span> },
  {
    id: 'hours',
    head: 'Open',
    cell: (it) => hoursWords(it.hours) || <span className="warn">Never: waits by it would not end</span>,
  },
  { id: 'zone', head: 'Read', width: 150, cell: (it) => (it.zone === null ? 'where they live' : it.zone.replaceAll('_', ' ')) },
  {
    id: 'holidays',
    head: 'Next holiday',
    width: 190,
    cell: (it) => {
      const [next] = coming(it.holidays, today)
      if (!next) return it.holidays.length === 0 ? <span className="muted">none</span> : <span className="warn">all are past</span>
      return (
        <>
          {dayOf(next.date)}
          <div className="small muted clip">{next.name}</div>
        </>
      )
    },
  },
]

/** Calendars of opening hours and holidays, for waits of flows and deadlines of sales. */
export function Calendars() {
  const { data } = useSuspenseQuery(api.calendars.list.queryOptions())
  const may = useMay('admin', 'marketer', 'sales_manager')
  const today = new Date(useNow()).toISOString().slice(0, 10)
  const queries = useQueryClient()
  const [edited, setEdited] = useState<Calendar | 'new' | null>(null)
  const remove = useMutation(
    api.calendars.remove.mutationOptions({
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () => queries.invalidateQueries(api.calendars.pathFilter()),
    }),
  )
  const ask = async ({ id, name }: Calendar) => {
    if (await confirm({ title: `Remove the calendar ${name}?`, text: 'No flow waits by it any more.', deed: 'Remove', danger: true })) {
      remove.mutate({ id }, { onSuccess: () => toast({ words: `The calendar ${name} is removed.` }) })
    }
  }
  const add = (
    <Button look="primary" onClick={() => setEdited('new')}>
      New calendar…
    </Button>
  )
  return (
    <>
      <SettingsHead title="Calendars" deed={may && data.length > 0 ? add : undefined}>
        Opening hours and holidays. Waits hold people until a calendar is open; deadlines of sales count its hours.
      </SettingsHead>
      {data.length === 0 ? (
        <EmptyState title="No calendar yet" actions={may ? add : undefined}>
          Make one with the hours of your office and the holidays of your country, so that a flow can wait until somebody is there.
        </EmptyState>
      ) : (
        <Table
          label="Calendars"
          rows={data}
          rowKey={(it) => it.id}
          columns={columnsAt(today)}
          onOpen={may ? setEdited : undefined}
          actions={
            may
              ? (it) => (
                  <>
                    <Button size="small" look="quiet" onClick={() => setEdited(it)}>
                      Change…
                    </Button>
                    <Button size="small" look="danger-quiet" onClick={() => void ask(it)}>
                      Remove…
                    </Button>
                  </>
                )
              : undefined
          }
        />
      )}
      <CalendarDialog calendar={edited} today={today} onClose={() => setEdited(null)} />
    </>
  )
}
