import type { WalkRouting } from '@baton/engine'
import type { RoutingReason, SkipCode } from '@baton/leads'
import { useState } from 'react'
import { DateText } from '../../ui/date-text.tsx'

const SKIPPED: Readonly<Record<SkipCode, string>> = {
  inactive: 'takes no leads',
  'no-weight': 'has no share in the rotation',
  absent: 'is away',
  'had-it': 'has had this lead',
  'at-cap': 'has as many open leads as allowed',
}

const NEXT = {
  again: 'It goes to somebody who has not had it.',
  manager: 'It waits for the manager.',
  marketing: 'It comes back to marketing.',
} as const

/** By what somebody came to a lead, in a few words. */
function whyWords({ code, asked = [] }: RoutingReason): string {
  const by = asked.find((it) => it.code === undefined)
  if (code === 'owner' && by?.route === 'owner') return by.of === 'account' ? 'owner of the account' : 'owner of an open opportunity'
  if (code === 'territory' && by?.route === 'territory') return `next in the territory ${by.name}`
  return 'next in the rotation'
}

/** Who gets a lead in a walk, and by which figures; or from whom it is taken. */
export function RoutedLook({ routed: { news, names } }: { routed: WalkRouting }) {
  const [open, setOpen] = useState(false)
  if (news.outcome === 'breached') {
    return (
      <p className="small muted">
        {`${news.repName} did not work it until `}
        <DateText at={news.deadline} style="full" />
        {`. ${NEXT[news.next]}`}
      </p>
    )
  }
  const reason = news.reason
  const known = isRouting(reason) ? reason : null
  return (
    <div className="small walk-routed">
      <p>
        <b>{news.repName}</b>
        {` gets it${known ? `: ${whyWords(known)}` : ''}. `}
        {news.deadline != null && (
          <>
            {'To be worked until '}
            <DateText at={news.deadline} style="full" />.{' '}
          </>
        )}
        {known && (
          <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Hide the figures' : 'By which figures'}
          </button>
        )}
      </p>
      {open && known && <Figures reason={known} names={names} />}
    </div>
  )
}

function Figures({ reason: { turns, skipped, asked = [] }, names }: { reason: RoutingReason; names: WalkRouting['names'] }) {
  const nameOf = (id: string) => names[id] ?? id
  return (
    <dl className="facts">
      {turns.map(({ repId, count, credit, weight, ratio }) => (
        <div key={repId} style={{ display: 'contents' }}>
          <dt>{nameOf(repId)}</dt>
          <dd className="num">{`(${round(count)} leads + ${round(credit)}) ÷ ${weight} = ${round(ratio)}`}</dd>
        </div>
      ))}
      {skipped.map(({ repId, code }) => (
        <div key={repId} style={{ display: 'contents' }}>
          <dt>{nameOf(repId)}</dt>
          <dd>{SKIPPED[code]}</dd>
        </div>
      ))}
      {asked.map((it) => (
        <div key={`${it.route} ${it.id}`} style={{ display: 'contents' }}>
          <dt>{it.route === 'owner' ? `Owner of the ${it.of}` : `Territory ${it.name}`}</dt>
          <dd>{it.route === 'owner' ? nameOf(it.repId) : it.repIds.map(nameOf).join(', ')}</dd>
        </div>
      ))}
      <div style={{ display: 'contents' }}>
        <dt>Counted</dt>
        <dd>Only leads of this walk: the smallest figure is next.</dd>
      </div>
    </dl>
  )
}

const round = (value: number): string => String(Math.round(value * 100) / 100)

/** A reason of the router, told apart from others by what it lists. */
const isRouting = (reason: object): reason is RoutingReason => 'turns' in reason && 'skipped' in reason
