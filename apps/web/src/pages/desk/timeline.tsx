import { Fragment, useMemo, useState } from 'react'
import { useNow } from '../../ui/date-text.tsx'
import { clockWords, dayWords, utcWords } from '../../ui/date-words.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { HappeningIcon } from './happening-icon.tsx'
import { dayHead, type Entry, foldVisits, happeningWords, matters, visitWords, type Words, weight } from './happening-words.ts'
import type { Happening } from './queries.ts'

const Sentence = ({ words }: { words: Words }) =>
  words.map((part, at) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a sentence are positions
    typeof part === 'string' ? <Fragment key={at}>{part}</Fragment> : <b key={at}>{part[0]}</b>,
  )

/** What happened to the person and what they did, the newest first, under the heads of days. */
export function Timeline({ happenings }: { happenings: readonly Happening[] }) {
  const now = useNow()
  const [which, setWhich] = useState<'matters' | 'all'>('matters')
  const entries = useMemo(
    () => (which === 'all' ? happenings.map((one): Entry => ({ ...one, visits: [] })) : foldVisits(happenings.filter(matters))),
    [happenings, which],
  )
  return (
    <section className="happened" aria-labelledby="happened">
      <div className="row">
        <h2 id="happened" className="grow">
          What happened
        </h2>
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
    </section>
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
          <Sentence words={entry.visits.length > 0 ? visitWords(entry.visits) : happeningWords(entry)} />
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
