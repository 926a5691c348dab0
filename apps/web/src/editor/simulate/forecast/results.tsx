import { differences, type FlowForecast, type TotalName } from '@baton/engine'
import { Button } from '../../../ui/button.tsx'
import { Callout } from '../../../ui/callout.tsx'
import { ChartFrame } from '../../../ui/chart-frame.tsx'
import { fullNumber } from '../../../ui/numbers.ts'
import { Facts, Section } from '../../../ui/panel.tsx'
import { stepAt } from './counts.ts'
import { QueueOver, RepDays } from './sales-days.tsx'
import { bandWords, changeWords, noteWords, shareWords, stayWords, stretchWords } from './words.ts'

interface Band {
  p10: number
  mid: number
  p90: number
}

type Line = readonly [name: TotalName, words: string, unit?: 'hours' | 'worth']

const PEOPLE: readonly Line[] = [
  ['entered', 'Come in'],
  ['finished', 'Reach the end'],
  ['leftEarly', 'Leave before'],
  ['inside', 'Still inside'],
  ['stuck', 'Stand still with an error'],
]
const MAIL: readonly Line[] = [
  ['mails', 'Mails'],
  ['mostMailsInAWeek', 'Most for one person in 7 days'],
]
const SALES: readonly Line[] = [
  ['leads', 'Leads handed over'],
  ['accepted', 'Accepted'],
  ['rejected', 'Rejected'],
  ['overflow', 'Nobody could take'],
  ['breaches', 'Answered too late, or not'],
  ['voicemails', 'Voicemails left'],
  ['noResponse', 'Came back unanswered'],
  ['longestQueue', 'Longest queue'],
  ['longestWaitHours', 'Longest wait for a rep', 'hours'],
  ['opportunities', 'Opportunities'],
  ['won', 'Deals won'],
  ['revenue', 'Revenue', 'worth'],
]

/** Not told where there are none. */
const RARE: ReadonlySet<TotalName> = new Set<TotalName>(['voicemails', 'noResponse'])

const inHours = (value: number) => stayWords(value * 60)
/** How a figure is said in its unit; undefined: as a count. */
const saidIn = (unit: Line[2]) => (unit === 'hours' ? inHours : undefined)

type Props = {
  forecast: FlowForecast
  before: FlowForecast | null
  /** The stretch whose end the canvas and the table of steps show. */
  at: number
  nameOf: (node: string) => string
  teamOf: (id: string) => string
  onForget: () => void
}

/** What a forecast came to: figures with what they lie between, and what the last change made of them. */
export function Results({ forecast, before, at, nameOf, teamOf, onForget }: Props) {
  const { totals, notes } = forecast
  const change = before ? differences(before, forecast) : undefined
  const withSales = totals.leads.p90 > 0
  const factsOf = (lines: readonly Line[]) =>
    lines
      .filter(([name]) => !RARE.has(name) || totals[name].p90 > 0)
      .filter(([name]) => (name === 'revenue' ? !notes.some((it) => it.code === 'no-value') : name !== 'stuck' || totals.stuck.p90 > 0))
      .map(([name, words, unit]): readonly [string, React.ReactNode] => [
        words,
        <Figure key={name} band={totals[name]} said={saidIn(unit)} change={change?.[name]} />,
      ])
  return (
    <>
      <Section title="People" right="of ten, eight times between">
        <Facts ends facts={factsOf(PEOPLE)} />
      </Section>
      {change && (
        <div className="sec forecast-against">
          <p className="small muted">
            Beside each figure: the difference to the forecast before, of the same people with the same dice. Marked where it is sure.
          </p>
          <Button size="small" onClick={onForget}>
            Compare no more
          </Button>
        </div>
      )}
      {before && !change && (
        <div className="sec">
          <p className="small muted">The forecast before was of other people or another time, so no difference is shown.</p>
        </div>
      )}
      <Section title="Mail">
        <Facts ends facts={factsOf(MAIL)} />
        <MailWeeks forecast={forecast} />
      </Section>
      {withSales && (
        <Section title="Sales">
          <Facts ends facts={factsOf(SALES)} />
          <Teams forecast={forecast} teamOf={teamOf} />
          <QueueOver forecast={forecast} at={at} />
          <Reps forecast={forecast} />
          <RepDays forecast={forecast} at={at} />
        </Section>
      )}
      <Section title="Steps" right={stretchWords(forecast, at)}>
        <Steps forecast={forecast} at={at} nameOf={nameOf} />
      </Section>
      {notes.length > 0 && (
        <Section title="How to read this">
          <ul className="forecast-notes small muted">
            {notes.map((note) => (
              <li key={note.code}>{noteWords(note, nameOf)}</li>
            ))}
          </ul>
        </Section>
      )}
      {totals.entered.p90 === 0 && (
        <div className="sec">
          <Callout tone="warn" title="Nobody came in.">
            Choose above how people come in, or look at the flow’s starts.
          </Callout>
        </div>
      )}
    </>
  )
}

type FigureProps = { band: Band; said: ((value: number) => string) | undefined; change: Band | undefined }

function Figure({ band, said, change }: FigureProps) {
  const made = change && changeWords(change, said)
  return (
    <>
      <span className="num">{bandWords(band, said)}</span>
      {made && made.words !== '0' && <span className={made.sure ? 'num forecast-change sure' : 'num forecast-change'}>{made.words}</span>}
    </>
  )
}

/** How many weeks of people's have how many mails; weeks without any are not drawn, but counted. */
function MailWeeks({ forecast: { mailWeeks } }: { forecast: FlowForecast }) {
  const some = mailWeeks.filter((it) => it.mails > 0)
  if (some.length === 0) return null
  const most = Math.max(...some.map((it) => it.share))
  return (
    <ChartFrame
      title="Mails a week and person"
      right="weeks"
      table={{ head: ['Mails', 'Weeks'], rows: mailWeeks.map((it) => [String(it.mails), shareWords(it.share)]) }}
    >
      <ul className="forecast-bars">
        {some.map(({ mails, share }) => (
          <li key={mails}>
            <span className="num">{mails}</span>
            <span className="track">
              <i style={{ width: `${Math.max(1, (100 * share) / most)}%` }} />
            </span>
            <span className="num">{shareWords(share)}</span>
          </li>
        ))}
      </ul>
    </ChartFrame>
  )
}

function Reps({ forecast: { reps } }: { forecast: FlowForecast }) {
  const busy = reps.filter((it) => it.leads.p90 > 0 || it.cap !== null)
  if (busy.length === 0) return null
  return (
    <table className="forecast-table">
      <thead>
        <tr>
          <th scope="col">Rep</th>
          <th scope="col" className="num">
            Leads
          </th>
          <th scope="col" className="num">
            Busiest day
          </th>
          <th scope="col" className="num">
            No room
          </th>
        </tr>
      </thead>
      <tbody>
        {busy.map((it) => (
          <tr key={`${it.teamId} ${it.repId}`}>
            <th scope="row">
              {it.name}
              {it.cap !== null && <span className="small muted">{` at most ${fullNumber(it.cap)} open`}</span>}
            </th>
            <Banded band={it.leads} />
            <Banded band={it.busiestDay} />
            <td className="num">
              {it.cap === null ? '–' : shareWords(it.full.mid)}
              {it.full.mid > 0 && <span className="small muted">of the time</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Where leads go to several teams, or not all find somebody: what each team got and could take. */
function Teams({ forecast: { teams }, teamOf }: Pick<Props, 'forecast' | 'teamOf'>) {
  if (teams.length < 2 && teams.every((it) => it.overflow.p90 + it.waiting.p90 === 0)) return null
  return (
    <table className="forecast-table">
      <thead>
        <tr>
          <th scope="col">Team</th>
          <th scope="col" className="num">
            Leads
          </th>
          <th scope="col" className="num">
            Taken
          </th>
          <th scope="col" className="num">
            Overflow
          </th>
          <th scope="col" className="num">
            Waiting
          </th>
        </tr>
      </thead>
      <tbody>
        {teams.map((it) => (
          <tr key={it.teamId}>
            <th scope="row" className="clip">
              {teamOf(it.teamId)}
            </th>
            <Banded band={it.leads} />
            <Banded band={it.taken} />
            <Banded band={it.overflow} />
            <Banded band={it.waiting} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The middle, and below it what it lies between. */
function Banded({ band }: { band: Band }) {
  const [middle = '', between] = bandWords(band).split(' ')
  return (
    <td className="num">
      {middle}
      {between !== undefined && <span className="small muted">{between.slice(1, -1)}</span>}
    </td>
  )
}

function Steps({ forecast, at, nameOf }: Pick<Props, 'forecast' | 'at' | 'nameOf'>) {
  const passed = forecast.nodes.filter((it) => it.entered.p90 > 0 || it.people.p90 > 0)
  if (passed.length === 0) return <p className="small muted">Nobody came to any step.</p>
  return (
    <table className="forecast-table">
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="num">
            Came
          </th>
          <th scope="col" className="num">
            Stayed
          </th>
          <th scope="col" className="num">
            Ended
          </th>
        </tr>
      </thead>
      <tbody>
        {passed
          .map((step) => [step.node, stepAt(step, at)] as const)
          .map(([node, { entered, stay, dropOff }]) => (
            <tr key={node}>
              <th scope="row" className="clip" title={nameOf(node)}>
                {nameOf(node)}
              </th>
              <Banded band={entered} />
              <td className="num">{stay === null ? '–' : stayWords(stay.mid)}</td>
              <td className="num">{dropOff === null ? '–' : shareWords(dropOff.mid)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  )
}
