import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { fullNumber } from '../../ui/numbers.ts'
import { Section } from '../../ui/panel.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Histogram } from './histogram.tsx'
import type { Preview } from './model.ts'

type Person = Preview['shown'][number]

export const pointsWords = (hundredths: number, signed = false): string => {
  const words = fullNumber(Math.abs(hundredths) / 100)
  return hundredths < 0 ? `−${words}` : signed ? `+${words}` : words
}

/** "120 of 1,000 (10–14 %)", or the plain count where everybody was looked at. */
export function shareWords({ count, low, high }: { count: number; low: number; high: number }, { looked, people }: Preview): string {
  if (looked >= people) return `${fullNumber(count)} of ${fullNumber(people)}`
  const of = (share: number) => fullNumber(Math.round(share * people))
  return `${of(low)}–${of(high)} of ${fullNumber(people)}`
}

/** What the draft would mean for real people, before anything is changed. */
export function PreviewParts({ preview }: { preview: Preview }) {
  const { looked, people, regraded, rescored, distributions, shown } = preview
  const [chosen, setChosen] = useState(0)
  const person = shown[chosen] ?? shown[0]
  if (people === 0) return <Section>Nobody is there yet: import people, or let them come.</Section>
  return (
    <>
      <Section title="What would change">
        <dl className="facts">
          {regraded && (
            <div style={{ display: 'contents' }}>
              <dt>Another grade</dt>
              <dd className="num">{shareWords(regraded, preview)}</dd>
            </div>
          )}
          <div style={{ display: 'contents' }}>
            <dt>Other points</dt>
            <dd className="num">{shareWords(rescored, preview)}</dd>
          </div>
        </dl>
        <p className="small muted">
          {looked >= people
            ? 'Everybody was looked at. Nothing is changed yet.'
            : `From ${fullNumber(looked)} people drawn by chance; the bounds hold in 95 of 100 such draws. Nothing is changed yet.`}
        </p>
      </Section>
      <Section title="How many have how many points">
        {distributions.map((it) => (
          <Histogram key={it.dimension} of={it} />
        ))}
      </Section>
      {person && (
        <Section title="Of real people">
          <Segmented
            label="Person"
            size="small"
            value={String(shown.indexOf(person))}
            options={shown.slice(0, 8).map((_, i) => ({ value: String(i), label: String(i + 1) }))}
            onChange={(value) => setChosen(Number(value))}
          />
          <PersonPart person={person} names={new Map(distributions.map((it) => [it.dimension, it.name]))} />
        </Section>
      )}
    </>
  )
}

const CHANGES = { new: { sign: '+', words: 'new' }, gone: { sign: '−', words: 'no longer' }, same: { sign: '', words: '' } } as const

type PersonProps = { person: Person; names: ReadonlyMap<string, string> }

function PersonPart({ person: { id, name, grade, scores }, names }: PersonProps) {
  return (
    <div className="score-person">
      <p className="row">
        <Link to="/contacts/$contactId" params={{ contactId: String(id) }} className="clip">
          {name}
        </Link>
        {(grade.before ?? grade.after) !== null && (
          <span className="right num">
            {grade.before !== null && grade.before !== grade.after && <s className="faint">{grade.before}</s>}{' '}
            <b>{grade.after ?? 'no grade'}</b>
          </span>
        )}
      </p>
      {scores.map((score) => (
        <div key={score.dimension} className="score-lines">
          {score.reasons.slice(0, 6).map((it) => (
            <div key={`${it.change} ${it.rule}`} className={it.change}>
              <b>{pointsWords(it.points, true)}</b>
              <span className="grow">
                {it.rule}
                {it.times > 1 && <span className="muted">, {it.times} times</span>}
              </span>
              {it.change !== 'same' && (
                <span className={it.change === 'new' ? 'small ok' : 'small danger'}>{CHANGES[it.change].words}</span>
              )}
            </div>
          ))}
          {score.cut > 0 && (
            <div>
              <b>{pointsWords(-score.cut, true)}</b>
              <span className="muted">above the most that counts</span>
            </div>
          )}
          <div className="sum">
            <b>{pointsWords(score.after)}</b>
            <span className="muted">
              {names.get(score.dimension) ?? score.dimension}
              {score.before !== score.after && `, ${pointsWords(score.before)} now`}
            </span>
          </div>
        </div>
      ))}
    </div>
  )
}
