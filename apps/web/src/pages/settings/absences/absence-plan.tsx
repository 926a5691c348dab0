import './absences.css'
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Answers, api } from '../../../shell/api.ts'
import { usePerson } from '../../../shell/person.ts'
import { problemWords } from '../../../shell/problem.ts'
import { Button, IconButton } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/confirm.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FailedFrame } from '../../../ui/error-frame.tsx'
import { SkeletonRows } from '../../../ui/skeleton.tsx'
import { toast } from '../../../ui/toast.ts'
import { type Absence, AbsenceDialog } from './absence-dialog.tsx'
import { dayNames, earlierOf, isWeekend, later, laterOf, mondayOf, spanWords } from './days.ts'

type Plan = Answers['absences']['plan']
type Person = Plan['people'][number]

/** Weeks on one view. */
const WEEKS = 6
const DAYS = WEEKS * 7
const icon = { size: 16, stroke: 1.75 }

/** Who is away when, as bars on one calendar, with the holidays of each one's hours. */
export function AbsencePlan({ teamId }: { teamId: string | null }) {
  const me = usePerson()
  const queries = useQueryClient()
  const [from, setFrom] = useState(() => mondayOf(new Date().toISOString().slice(0, 10)))
  const [edited, setEdited] = useState<Absence | null>(null)
  const plan = useQuery(api.absences.plan.queryOptions({ teamId, from, days: DAYS }, { placeholderData: keepPreviousData }))
  const remove = useMutation(
    api.absences.remove.mutationOptions({
      onSuccess: () => toast({ words: 'The absence is removed.' }),
      onError: (error) => toast({ words: problemWords(error), bad: true }),
      onSettled: () =>
        Promise.all([queries.invalidateQueries(api.absences.pathFilter()), queries.invalidateQueries(api.teams.pathFilter())]),
    }),
  )
  if (plan.error && !plan.data)
    return <FailedFrame what="The calendar of absences" error={plan.error} onRetry={() => void plan.refetch()} />
  if (!plan.data) return <SkeletonRows rows={5} />
  const { people, today, zone } = plan.data
  const ask = async (of: Absence, name: string) => {
    const text = `From then on ${of.userId === me.id ? 'you get' : `${name} gets`} new leads again.`
    if (await confirm({ title: `Remove the absence ${spanWords(of.from, of.until)}?`, text, deed: 'Remove', danger: true })) {
      setEdited(null)
      if (of.id !== undefined) remove.mutate({ id: of.id })
    }
  }
  const fresh = (userId: string, day: string): Absence => ({ userId, from: day, until: day, note: '' })
  const first = people.find((it) => it.userId === me.id) ?? people[0]
  if (!first) {
    return <EmptyState title="Nobody is in a team.">Absences matter to whoever takes leads: add members to a team first.</EmptyState>
  }
  return (
    <div className="stack">
      <div className="row">
        <IconButton label="Earlier" icon={<IconChevronLeft {...icon} />} onClick={() => setFrom(later(from, -14))} />
        <Button look="quiet" onClick={() => setFrom(mondayOf(today))}>
          Today
        </Button>
        <IconButton label="Later" icon={<IconChevronRight {...icon} />} onClick={() => setFrom(later(from, 14))} />
        <span className="muted">{spanWords(from, later(from, DAYS - 1))}</span>
        <span className="grow" />
        <Button icon={<IconPlus size={14} stroke={1.75} />} onClick={() => setEdited(fresh(first.userId, today))}>
          Add an absence…
        </Button>
      </div>
      <div className="plan" style={{ '--days': DAYS }}>
        <Weeks from={from} />
        {people.map((person) => (
          <Line
            key={person.userId}
            person={person}
            from={from}
            today={today}
            onNew={(day) => setEdited(fresh(person.userId, day))}
            onOpen={setEdited}
          />
        ))}
      </div>
      <p className="small muted prose">
        Who is away gets no new leads, and is not flooded on return. Grey days are weekends, hatched ones holidays of the hours somebody
        works. Days are those of {zone}.
      </p>
      <AbsenceDialog
        absence={edited}
        people={people}
        onClose={() => setEdited(null)}
        onRemove={(of) => void ask(of, people.find((it) => it.userId === of.userId)?.name ?? '')}
      />
    </div>
  )
}

/** The head of the calendar: a date over each week. */
function Weeks({ from }: { from: string }) {
  return (
    <div className="plan-head" aria-hidden="true">
      {Array.from({ length: WEEKS }, (_, week) => later(from, week * 7)).map((monday, week) => (
        <span key={monday} style={{ gridColumn: `${2 + week * 7} / span 7` }}>
          {dayNames(monday)}
        </span>
      ))}
    </div>
  )
}

type LineProps = { person: Person; from: string; today: string; onNew: (day: string) => void; onOpen: (absence: Absence) => void }

/** One person: closed days behind, absences as bars; a press on a free day begins a new one. */
function Line({ person, from, today, onNew, onOpen }: LineProps) {
  const days = Array.from({ length: DAYS }, (_, i) => later(from, i))
  const last = later(from, DAYS - 1)
  const holiday = new Map(person.holidays.map((it) => [it.date, it.name]))
  const at = (day: string) => Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000)
  return (
    <div className="plan-line">
      <span className={person.active ? 'plan-name clip' : 'plan-name clip faint'}>{person.name}</span>
      {days.map((day, i) => {
        const name = holiday.get(day)
        const kind = name === undefined ? (isWeekend(day) ? 'free' : '') : 'holiday'
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the button above the calendar does the same for the keyboard
          // biome-ignore lint/a11y/useKeyWithClickEvents: as above
          <i
            key={day}
            className={`plan-day ${kind} ${day === today ? 'today' : ''} ${i % 7 === 0 ? 'monday' : ''}`}
            style={{ gridColumn: i + 2 }}
            title={name ?? (kind === 'free' ? undefined : `${person.name} away on ${spanWords(day, day)}…`)}
            onClick={() => onNew(day)}
          />
        )
      })}
      {person.absences.map(({ id, userId, firstDay, lastDay, note }) => {
        const [start, end] = [laterOf(firstDay, from), earlierOf(lastDay, last)]
        const words = `${person.name} is away ${spanWords(firstDay, lastDay)}${note === '' ? '' : `: ${note}`}`
        return (
          <button
            key={id}
            type="button"
            className="plan-bar"
            style={{ gridColumn: `${at(start) + 2} / ${at(end) + 3}` }}
            aria-label={words}
            title={words}
            onClick={() => onOpen({ id, userId, from: firstDay, until: lastDay, note })}
          >
            <span className="clip">{note === '' ? 'Away' : note}</span>
          </button>
        )
      })}
    </div>
  )
}
