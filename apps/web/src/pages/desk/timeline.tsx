import './timeline.css'
import { type CSSProperties, Fragment, type ReactNode, useMemo, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords, dayWords, utcWords } from '../../ui/date-words.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { HappeningIcon } from './happening-icon.tsx'
import {
  dayHead,
  type Entry,
  foldVisits,
  happeningWords,
  matters,
  type Strand,
  strandOf,
  visitWords,
  type Words,
  weight,
} from './happening-words.ts'
import type { Happening } from './queries.ts'
import { pointsWords } from './sections.ts'
import { type Stretch, type StripUnit, stretchWords, stripOf } from './story-strip.ts'

const Sentence = ({ words }: { words: Words }) =>
  words.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are positions
    typeof part === 'string' ? <Fragment key={at}>{part}</Fragment> : <b key={at}>{part[0]}</b>,
  )

const STRANDS: readonly (readonly [strand: Strand, words: string])[] = [
  ['sales', 'Sales'],
  ['web', 'Web'],
  ['mail', 'Mail'],
]
/** From so many happenings on a strip is worth its place. */
const ENOUGH = 6

/** What happened to the person and what they did, the newest first, under the heads of days; the strip above shows it at a glance. */
export function Timeline({ happenings, foot }: { happenings: readonly Happening[]; foot?: ReactNode }) {
  const now = useNow()
  const [which, setWhich] = useState<'matters' | 'all'>('matters')
  const [strand, setStrand] = useState<Strand | null>(null)
  const [stretch, setStretch] = useState<Pick<Stretch, 'from' | 'to'> | null>(null)
  const strip = useMemo(() => stripOf(happenings, now), [happenings, now])
  const entries = useMemo(() => {
    const inside = happenings.filter(
      (one) => (strand === null || strandOf(one) === strand) && (stretch === null || (one.at >= stretch.from && one.at < stretch.to)),
    )
    return which === 'all' ? inside.map((one): Entry => ({ ...one, visits: [] })) : foldVisits(inside.filter(matters))
  }, [happenings, which, strand, stretch])
  const narrowed = strand !== null || stretch !== null
  return (
    <section className="happened" aria-labelledby="happened">
      <div className="happened-head">
        <h2 id="happened" className="grow">
          What happened
        </h2>
        <fieldset className="strands" aria-label="Only">
          {STRANDS.map(([one, words]) => (
            <button
              key={one}
              type="button"
              className={`strand ${one}`}
              aria-pressed={strand === one}
              onClick={() => setStrand(strand === one ? null : one)}
            >
              {words}
            </button>
          ))}
        </fieldset>
        <Segmented
          label="Show"
          size="small"
          value={which}
          onChange={setWhich}
          options={[
            { value: 'matters', label: 'What matters' },
            { value: 'all', label: `All ${happenings.length}` },
          ]}
        />
      </div>
      {happenings.length >= ENOUGH && <Strip {...strip} chosen={stretch} onChoose={setStretch} />}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by keyboard, where no line of it can be pressed, too */}
      <section className="tl-scroll" aria-label="What happened" tabIndex={0}>
        {stretch !== null && (
          <p className="row small muted narrowed">
            <span>Only {lowerFirst(stretchWords(stretch, strip.unit))}.</span>
            <Button size="small" look="quiet" onClick={() => setStretch(null)}>
              Show all time
            </Button>
          </p>
        )}
        {entries.length === 0 ? (
          <p className="tl-none muted">
            {narrowed ? 'Nothing of this kind here.' : 'Nothing that matters yet.'}{' '}
            {which === 'matters' && (
              <Button size="small" onClick={() => setWhich('all')}>
                Show all
              </Button>
            )}
          </p>
        ) : (
          <ol className="tl">
            {entries.map((entry, at) => {
              const head = dayHead(entry.at, now)
              const before = entries[at - 1]
              return (
                <Fragment key={entry.id}>
                  {(before === undefined || dayHead(before.at, now) !== head) && <li className="day">{head}</li>}
                  <Line entry={entry} now={now} />
                </Fragment>
              )
            })}
          </ol>
        )}
      </section>
      {foot}
    </section>
  )
}

const lowerFirst = (text: string) => (text.startsWith('Week') ? `the w${text.slice(1)}` : text)

type StripProps = {
  unit: StripUnit
  stretches: readonly Stretch[]
  chosen: Pick<Stretch, 'from' | 'to'> | null
  onChoose: (stretch: Pick<Stretch, 'from' | 'to'> | null) => void
}

/** A bar for each day, week or month; a press looks at that stretch alone. */
function Strip({ unit, stretches, chosen, onChoose }: StripProps) {
  const most = Math.max(1, ...stretches.map((one) => one.total))
  const [first] = stretches
  return (
    <>
      <fieldset className="strip" aria-label="The story at a glance">
        {stretches.map((one) => {
          const words = `${stretchWords(one, unit)}: ${one.total === 0 ? 'nothing' : one.total === 1 ? '1 thing happened' : `${one.total} things happened`}`
          const on = chosen?.from === one.from
          const style: CSSProperties & Record<'--h', string> = { '--h': `${one.total === 0 ? 0 : Math.max(12, (100 * one.total) / most)}%` }
          return (
            <button
              key={one.from}
              type="button"
              className={one.sales ? 'bar sales' : 'bar'}
              style={style}
              title={words}
              aria-label={words}
              aria-pressed={on}
              disabled={one.total === 0}
              onClick={() => onChoose(on ? null : one)}
            >
              <span />
            </button>
          )
        })}
      </fieldset>
      {first && (
        <p className="strip-ends" aria-hidden="true">
          <span>{stretchWords(first, unit)}</span>
          <span>today</span>
        </p>
      )}
    </>
  )
}

function Line({ entry, now }: { entry: Entry; now: number }) {
  const near = ['today', 'yesterday'].includes(dayWords(entry.at, { now }))
  return (
    <li className="ev">
      <span className={`ic ${weight(entry)}`}>
        <HappeningIcon happening={entry} />
      </span>
      <div>
        <p>
          <Sentence words={entry.visits.length > 0 ? visitWords(entry.visits) : happeningWords(entry, now)} />
          {entry.points !== null && <span className={entry.points > 0 ? 'pts' : 'pts m'}>{pointsWords(entry.points, true)}</span>}
        </p>
        {(entry.detail !== null || entry.machine) && (
          <p className="ev-detail">{entry.machine ? 'By a mail filter or another machine, does not count' : entry.detail}</p>
        )}
      </div>
      <time dateTime={new Date(entry.at).toISOString()} title={utcWords(entry.at)}>
        {near ? clockWords(entry.at) : dayWords(entry.at, { now }, true)}
      </time>
    </li>
  )
}
