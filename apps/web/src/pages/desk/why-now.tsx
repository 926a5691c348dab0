import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { useMay } from '../../shell/person.ts'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/panel.tsx'
import type { Contact, Lead } from './queries.ts'
import { pointsWords, wholePoints } from './sections.ts'

type Score = Contact['scores'][number]

const FULL = 10_000

/** The reason that travelled with the lead, then the scores, line by line: they add up to the sum below them. */
export function WhyNow({ lead }: { lead: Lead }) {
  const reads = useMay('admin', 'sales_manager')
  const scores = lead.contact?.scores ?? []
  const told = scores.filter((score) => score.reasons.length > 0)
  return (
    <Section title="Why now">
      <p className="why-words">{lead.why}</p>
      {scores.length > 0 && (
        <div className="scores">
          {scores.map((score) => (
            <div key={score.dimension}>
              <span className="row">
                <b>{wholePoints(score.total)}</b>
                <span className="small muted right clip-line" title={score.name}>
                  {score.name.toLowerCase()}
                </span>
              </span>
              <Meter
                label={score.name}
                value={score.total}
                max={Math.max(FULL, score.total, needs(lead, score) ?? 0)}
                threshold={needs(lead, score)}
              />
              <p className="small muted">{below(score, lead.scores[score.dimension], needs(lead, score))}</p>
            </div>
          ))}
        </div>
      )}
      {told.length > 0 && (
        <div className="ledger">
          {told.map((score) => (
            <Fragment key={score.dimension}>
              <span className="h">{score.name}</span>
              {score.reasons.map((reason) => (
                <Fragment key={reason.rule}>
                  <b>{pointsWords(reason.points, true)}</b>
                  <span>
                    {reason.rule}
                    {reason.times > 1 && <span className="muted">, {reason.times} times</span>}
                  </span>
                </Fragment>
              ))}
              {score.cut > 0 && (
                <>
                  <b>{pointsWords(-score.cut, true)}</b>
                  <span className="muted">above the most that counts</span>
                </>
              )}
              <b className="sum">{pointsWords(score.total)}</b>
              <span className="sum muted">together</span>
            </Fragment>
          ))}
        </div>
      )}
      {lead.agreement && (
        <p className="small muted qualified">
          Qualified under{' '}
          {reads ? (
            <Link to="/agreements/$agreementId" params={{ agreementId: lead.agreement.id }}>
              {lead.agreement.name} v{lead.agreement.version}
            </Link>
          ) : (
            <b>
              {lead.agreement.name} v{lead.agreement.version}
            </b>
          )}
          {lead.agreement.signed ? ', signed by both sides.' : ', not signed by both sides.'}
        </p>
      )}
      {lead.contact && told.length === 0 && <p className="small muted">No points were given yet: the flow handed over by its own rule.</p>}
    </Section>
  )
}

/** What the agreement asks of this score, in hundredths. */
const needs = ({ agreement }: Lead, { dimension }: Score): number | undefined =>
  agreement?.thresholds.find((one) => one.dimension === dimension)?.atLeast

/** What it has to be, and whether it moved since it was handed over. */
function below(score: Score, then: number | undefined, least: number | undefined): string {
  const was = then === undefined ? undefined : wholePoints(then)
  const moved = was !== undefined && was !== wholePoints(score.total) ? `was ${was} when handed over` : null
  if (least === undefined) return moved ?? 'as handed over'
  return [`needs ${pointsWords(least)}`, moved].filter(Boolean).join(', ')
}
