import { Fragment } from 'react'
import { Meter } from '../../ui/meter.tsx'
import { Section } from '../../ui/panel.tsx'
import type { Contact, Lead } from './queries.ts'
import { pointsWords } from './sections.ts'

type Score = Contact['scores'][number]

const FULL = 10_000

/** The reason that travelled with the lead, then the scores, line by line: they add up to the sum below them. */
export function WhyNow({ lead }: { lead: Lead }) {
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
                <b>{pointsWords(score.total)}</b>
                <span className="small muted right">{score.name.toLowerCase()}</span>
              </span>
              <Meter label={score.name} value={score.total} max={Math.max(FULL, score.total)} />
              <p className="small muted">{before(score, lead.scores[score.dimension])}</p>
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
      {lead.contact && told.length === 0 && <p className="small muted">No points were given yet: the flow handed over by its own rule.</p>}
    </Section>
  )
}

/** Whether the score moved since it was handed over. */
function before(score: Score, then: number | undefined): string {
  if (then === undefined || then === score.total) return 'as handed over'
  return `was ${pointsWords(then)} when handed over`
}
