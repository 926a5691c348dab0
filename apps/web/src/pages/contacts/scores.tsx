import { useState } from 'react'
import { DateText } from '../../ui/date-text.tsx'
import { Section } from '../../ui/panel.tsx'
import { type Contact, pointsWords } from './people.ts'

type Score = Contact['scores'][number]
const SHOWN = 8

/** Every score as its sum and the lines that make it: points left, reason right, the newest first. */
export function Scores({ contact }: { contact: Contact }) {
  return (
    <>
      {contact.grade !== null && (
        <Section title="Grade" right={<b className="num score-sum">{contact.grade}</b>}>
          <p className="small muted">{gradeWords(contact.grade)}.</p>
        </Section>
      )}
      {contact.scores.map((score) => (
        <ScoreSection key={score.dimension} score={score} />
      ))}
    </>
  )
}

const FITS: Readonly<Record<string, string>> = { A: 'Fits very well', B: 'Fits well', C: 'Fits a little', D: 'Hardly fits' }
const KEEN: Readonly<Record<string, string>> = {
  1: 'very interested',
  2: 'interested',
  3: 'a little interested',
  4: 'hardly interested so far',
}

/** "Fits well, very interested": the grade in words. */
export const gradeWords = ([letter = '', number = '']: string) => `${FITS[letter]}, ${KEEN[number]}`

/** ", 25 % of +20 after 28 days": what is left of the points that were given. */
function agedWords({ given, age, factor }: Score['lines'][number]): string {
  const share = factor < 10_000 && factor > 0 ? 'less than 1 %' : `${Math.round(factor / 10_000)} %`
  return `, ${share} of ${pointsWords(given, true)} after ${age === 1 ? '1 day' : `${age} days`}`
}

function ScoreSection({ score: { name, total, cut, cap, lines } }: { score: Score }) {
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, SHOWN)
  const rest = lines.slice(shown.length)
  return (
    <Section title={`${name} score`} right={<b className="num score-sum">{pointsWords(total)}</b>}>
      {lines.length === 0 ? (
        <p className="small muted">No points yet. Rules of the score model give them, or steps of flows.</p>
      ) : (
        <div className="score-lines">
          {shown.map((line) => (
            <div key={line.key}>
              <b className={line.points < 0 ? 'danger' : undefined}>{pointsWords(line.points, true)}</b>
              <span className="grow">
                {line.rule}
                {line.points !== line.given && <span className="small muted">{agedWords(line)}</span>}
              </span>
              <span className="small faint">
                <DateText at={line.at} />
              </span>
            </div>
          ))}
          {rest.length > 0 && (
            <div>
              <b>
                {pointsWords(
                  rest.reduce((sum, it) => sum + it.points, 0),
                  true,
                )}
              </b>
              <button type="button" className="link" onClick={() => setAll(true)}>
                {rest.length} older {rest.length === 1 ? 'line' : 'lines'}
              </button>
            </div>
          )}
          {cut > 0 && (
            <div>
              <b>{pointsWords(-cut, true)}</b>
              <span className="muted">above the most that counts{cap === null ? '' : `, ${pointsWords(cap)}`}</span>
            </div>
          )}
          <div className="sum">
            <b>{pointsWords(total)}</b>
            <span className="muted">together</span>
          </div>
        </div>
      )}
    </Section>
  )
}
