import { IconCheck, IconMoon, IconTargetArrow } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { DateText, useNow } from '../../ui/date-text.tsx'
import { clockWords, dateWords, dayWords, spanWords } from '../../ui/date-words.ts'
import { deadline } from '../../ui/deadline.ts'
import { DeadlineClock } from '../../ui/ring-clock.tsx'
import type { Lead } from './queries.ts'
import { closeWords, moneyWords } from './row-words.ts'

function Box({ tone, icon, head, children }: { tone?: 'ok' | 'warn'; icon?: ReactNode; head: ReactNode; children: ReactNode }) {
  return (
    <div className={tone ? `clock ${tone}` : 'clock'}>
      {icon}
      <div>
        <b>{head}</b>
        <span className="clock-by">{children}</span>
      </div>
    </div>
  )
}

const MINUTE = 60_000

/** The deadline after a stretch in which nobody works: its day only where the clock goes on on another. */
const dueAfter = (at: number, from: number, now: number): string =>
  dayWords(at, { now }) === dayWords(from, { now }) ? clockWords(at) : dateWords(at, { now }, true)

/** Words that change only when half, 30 minutes and 5 minutes are left, and once it is late: what is read aloud. */
function Announced({ left, whole }: { left: number; whole: number }) {
  const words =
    left < 0
      ? 'The deadline has passed'
      : left < 5 * MINUTE
        ? 'Less than 5 minutes left'
        : left < 30 * MINUTE
          ? 'Less than 30 minutes left'
          : left < whole / 2
            ? 'Less than half of the time left'
            : ''
  return (
    <span className="unseen" role="status">
      {words}
    </span>
  )
}

/** The deadline, in the reader's words: when it ends, or since when it is late. */
function Clock({ clock, now }: { clock: NonNullable<Lead['clock']>; now: number }) {
  const { left, whole, standsUntil } = clock
  const day = dayWords(clock.deadline, { now })
  const at = day === 'today' ? clockWords(clock.deadline) : dateWords(clock.deadline, { now })
  const by = deadline(left, whole).late ? `late since ${at}` : `first contact by ${at}, working time`
  const paused =
    standsUntil === null || left < 0
      ? undefined
      : `stands still until ${dateWords(standsUntil, { now })}, due ${dueAfter(clock.deadline, standsUntil, now)}`
  return (
    <>
      <DeadlineClock leftMs={left} wholeMs={whole} by={by} paused={paused} />
      <Announced left={left} whole={whole} />
    </>
  )
}

const icon = { size: 20, stroke: 1.75, 'aria-hidden': true } as const

/** Where the lead stands: how long is left, who has it, or what became of it. */
export function Standing({ lead }: { lead: Lead }) {
  const now = useNow()
  switch (lead.state) {
    case 'assigned':
      if (lead.firstActivityAt !== null) {
        return (
          <Box tone="ok" icon={<IconCheck {...icon} />} head="In touch">
            since <DateText at={lead.firstActivityAt} />. Accept or reject when you know.
          </Box>
        )
      }
      if (lead.clock) return <Clock clock={lead.clock} now={now} />
      return (
        <Box head={`Waits ${spanWords(Math.max(0, now - lead.since))}`}>
          for {lead.repName ?? 'an answer'}, since <DateText at={lead.since} />
        </Box>
      )
    case 'sleeping':
      return (
        <Box icon={<IconMoon {...icon} />} head="Rests after a voicemail">
          since <DateText at={lead.sleepingSince} />
          {lead.voicemails !== null && `, attempt ${lead.attempt} of ${lead.voicemails}`}
        </Box>
      )
    case 'routing':
    case 'queued':
      return (
        <Box tone="warn" head="Nobody has it yet">
          {lead.managerQueue
            ? 'A manager decides who gets it.'
            : `${lead.teamName ?? 'The team'}: nobody has room. Goes to the first who has.`}
        </Box>
      )
    case 'accepted':
      if (lead.deal) {
        const { stage, amount, currency, closeOn } = lead.deal
        return (
          <Box tone="ok" icon={<IconTargetArrow {...icon} />} head={stage === '' ? 'Opportunity' : stage}>
            {[moneyWords(amount, currency), closeOn === null ? null : `closes ${closeWords(closeOn, now)}`].filter(Boolean).join(', ') ||
              lead.deal.name}
          </Box>
        )
      }
      return (
        <Box tone="ok" icon={<IconCheck {...icon} />} head="Accepted">
          {lead.answeredBy === lead.repId ? lead.repName : `by ${lead.answeredByName} for ${lead.repName ?? 'a rep who is gone'}`},{' '}
          <DateText at={lead.answeredAt} />
        </Box>
      )
    case 'won':
      return (
        <Box tone="ok" icon={<IconCheck {...icon} />} head="Won">
          <DateText at={lead.closedAt} />
        </Box>
      )
    case 'rejected':
    case 'lost':
    case 'no-response':
    case 'overflow':
    case 'closed':
      return <Over lead={lead} />
  }
}

function Over({ lead }: { lead: Lead }) {
  const by = lead.answeredByName === null ? '' : ` by ${lead.answeredByName}`
  const head =
    lead.state === 'rejected'
      ? `Rejected${by}`
      : lead.state === 'lost'
        ? 'Lost'
        : lead.state === 'no-response'
          ? 'Not reached'
          : 'With marketing again'
  return (
    <Box head={head}>
      {lead.rejectReason === null ? '' : `${lead.rejectReason}, `}
      <DateText at={lead.closedAt ?? lead.answeredAt ?? lead.since} />
    </Box>
  )
}
