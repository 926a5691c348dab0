import { type Backtest, DIFFERENCES, type DifferenceKind, type PersonDifference, type PersonWay } from '@baton/engine'
import { IconUser } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client } from '../../../shell/api.ts'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { Section } from '../../../ui/panel.tsx'
import { SEED } from './use-backtester.ts'
import { assumedShare, assumedWords, kindWords, LINES } from './words.ts'

/** Where more than this is assumed, the figures say more of the rates than of what was. */
const MUCH = 0.2
/** So many people of a kind are shown before somebody asks for more. */
const FIRST = 5

interface Names {
  step(id: string): string
  mail(id: string): string
  team(id: string): string
}

type Props = { backtest: Backtest; liveVersion: number | null; names: Names }

/** What a back-test came to: both versions beside what really happened, how much is assumed, and who fares otherwise. */
export function Results({ backtest, liveVersion, names }: Props) {
  const { draft, live, recorded } = backtest
  const really: Partial<Record<(typeof LINES)[number][0], number>> = recorded
  const figure = (n: number) => fullNumber(Math.round(n))
  const lines = LINES.filter(([name]) => (name !== 'stuck' && name !== 'overflow') || draft.totals[name] + (live?.totals[name] ?? 0) > 0)
  const shares = [draft, ...(live ? [live] : [])].map((it) => assumedShare(it) ?? 0)
  return (
    <>
      <Section title="Side by side" right={backtest.sample < backtest.people ? 'for everybody' : undefined}>
        <table className="forecast-table backtest-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">What</span>
              </th>
              <th scope="col" className="num">
                Draft
              </th>
              {live && (
                <th scope="col" className="num">
                  Version {liveVersion}
                </th>
              )}
              <th scope="col" className="num">
                Really
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(([name, words]) => (
              <tr key={name}>
                <th scope="row">{words}</th>
                <td className="num">
                  <b>{figure(draft.totals[name])}</b>
                </td>
                {live && <td className="num">{figure(live.totals[name])}</td>}
                <td className="num muted">{really[name] === undefined ? '–' : figure(really[name])}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="small muted backtest-note">
          “Really”: what this flow did then, by whichever versions were live. Here everybody begins outside the flow
          {live === null ? ', so the draft may come to others.' : `, so version ${liveVersion} may come to others.`}
        </p>
      </Section>
      <Section title="What is assumed">
        {Math.max(...shares) > MUCH && (
          <Callout tone="warn" title="Much of this is assumed.">
            The more a version makes that was never made, the less the past can tell of it. A forecast says how sure such figures are.
          </Callout>
        )}
        <p className="small backtest-note">
          <b>Draft</b> {assumedWords(draft)}
        </p>
        {live && (
          <p className="small backtest-note">
            <b>Version {liveVersion}</b> {assumedWords(live)}
          </p>
        )}
        {draft.caused.freshAt.length > 0 && (
          <p className="small muted backtest-note">
            Never made before, in the draft:{' '}
            {draft.caused.freshAt.map(({ node, times }) => `${names.step(node)} (${fullNumber(times)})`).join(', ')}.
          </p>
        )}
      </Section>
      {live && <Differences backtest={backtest} names={names} />}
      {draft.totals.entered === 0 && (live?.totals.entered ?? 0) === 0 && (
        <div className="sec">
          <Callout tone="warn" title="Nobody came in.">
            Nothing that the flow’s starts listen to happened in this window. Choose a longer one.
          </Callout>
        </div>
      )}
    </>
  )
}

function Differences({ backtest: { differ, different, sample }, names }: { backtest: Backtest; names: Names }) {
  const some = DIFFERENCES.filter((kind) => differ[kind] > 0)
  const others = some.reduce((sum, kind) => sum + differ[kind], 0)
  return (
    <Section title="Person by person" right={`${fullNumber(sample - others)} of ${fullNumber(sample)} alike`}>
      {some.length === 0 && <p className="small muted">Everybody fares the same in both.</p>}
      {some.map((kind) => (
        <Kind key={kind} kind={kind} count={differ[kind]} people={different.filter((it) => it.kind === kind)} names={names} />
      ))}
    </Section>
  )
}

function Kind({ kind, count, people, names }: { kind: DifferenceKind; count: number; people: readonly PersonDifference[]; names: Names }) {
  const [all, setAll] = useState(false)
  const shown = all ? people : people.slice(0, FIRST)
  return (
    <div className="backtest-kind">
      <h4>{kindWords(kind, count)}</h4>
      <ul>
        {shown.map((it) => (
          <Person key={it.place} of={it} names={names} />
        ))}
      </ul>
      {people.length > shown.length && (
        <Button size="small" look="quiet" onClick={() => setAll(true)}>
          {`${people.length - shown.length} more`}
        </Button>
      )}
      {all && count > people.length && <p className="small muted">{`${fullNumber(count - people.length)} more are not listed.`}</p>}
    </div>
  )
}

function Person({ of: { place, live, draft, partsAt, kind }, names }: { of: PersonDifference; names: Names }) {
  const [who, setWho] = useState<{ id: number; key: string } | null>(null)
  const [why, setWhy] = useState<string | null>(null)
  const ask = () => {
    client.forecast.who
      .query({ seed: SEED, place })
      .then(setWho)
      .catch((error: unknown) => setWhy(error instanceof Error ? error.message : String(error)))
  }
  return (
    <li>
      <span className="row">
        <b className="grow clip">
          {who ? (
            <Link to="/contacts/$contactId" params={{ contactId: String(who.id) }}>
              {who.key}
            </Link>
          ) : (
            `Person ${fullNumber(place + 1)}`
          )}
        </b>
        {!who && (
          <Button size="small" look="quiet" icon={<IconUser size={14} stroke={1.75} />} onClick={ask}>
            Who is this
          </Button>
        )}
      </span>
      {partsAt !== null && <span className="small muted">Their ways part at “{names.step(partsAt)}”.</span>}
      {kind !== 'stays-out' && <Way label="Draft" way={draft} names={names} />}
      {kind !== 'comes-in' && <Way label="Live" way={live} names={names} />}
      {why !== null && (
        <span className="small danger" role="alert">
          {why}
        </span>
      )}
    </li>
  )
}

function Way({ label, way: { mails, leads, node, ended }, names }: { label: string; way: PersonWay; names: Names }) {
  const parts = [
    mails.length > 0 && `got ${mails.map((it) => `“${names.mail(it)}”`).join(', ')}`,
    leads.length > 0 && `was handed to ${leads.map(names.team).join(', ')}`,
    node !== null && (ended === null ? `is at “${names.step(node)}”` : `left at “${names.step(node)}”`),
  ].filter((it) => it !== false)
  return (
    <span className="small">
      <span className="muted">{label}:</span> {parts.length === 0 ? 'did not come in' : parts.join('; ')}
    </span>
  )
}
