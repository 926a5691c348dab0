import { IconBolt, IconCheck, IconClockHour4, IconMail, IconSend, IconUserShare } from '@tabler/icons-react'
import { Button } from '../button.tsx'
import { Callout } from '../callout.tsx'
import { type Category, CategoryTile } from '../category-tile.tsx'
import { ChartFrame } from '../chart-frame.tsx'
import { DateText } from '../date-text.tsx'
import { EmptyState } from '../empty-state.tsx'
import { ErrorFrame } from '../error-frame.tsx'
import { Avatar, Chip, StateDot, Token } from '../marks.tsx'
import { Meter } from '../meter.tsx'
import { NumberText } from '../number-text.tsx'
import { Facts, Section } from '../panel.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { DeadlineClock, TimeLeft } from '../ring-clock.tsx'
import { SkeletonRows } from '../skeleton.tsx'
import { Sparkline } from '../sparkline.tsx'
import { Part } from './section.tsx'

const min = 60_000
const tiles: readonly [Category, typeof IconMail][] = [
  ['trigger', IconBolt],
  ['wait', IconClockHour4],
  ['logic', IconSend],
  ['action', IconMail],
  ['sales', IconUserShare],
  ['exit', IconCheck],
]
const days = [4, 5, 7, 8, 10, 11, 19, 18, 14, 9, 10, 9, 8, 8]

function Broken(): never {
  throw new Error('GET /api/trpc/flows.volume answered 502')
}

function Marks() {
  return (
    <Part title="Marks">
      <div className="row">
        <Chip>Draft 8</Chip>
        <Chip tone="ok">6</Chip>
        <Chip tone="warn">relies on opens</Chip>
        <Chip tone="danger">3 errors</Chip>
        <Chip tone="accent">In review: 8</Chip>
        <Chip tone="sales">Sales owns</Chip>
        <Chip tone="line">v7</Chip>
        <Token>fit score</Token>
        <Token part="op">is at least</Token>
        <Token part="val">60</Token>
        <Token part="missing">choose a field</Token>
      </div>
      <div className="row">
        {['Nora Eide', 'Jonas Weber', 'Marta Lindqvist', 'okafor@nordlicht.example'].map((name) => (
          <Avatar key={name} name={name} />
        ))}
        <Avatar name="Nora Eide" size="s" />
        <Avatar name="Ingrid Solheim" size="l" />
        <StateDot tone="ok">Live</StateDot>
        <StateDot tone="accent">In review</StateDot>
        <StateDot tone="warn">Paused</StateDot>
        <StateDot tone="faint">Draft</StateDot>
        <StateDot tone="danger">Parked</StateDot>
      </div>
      <div className="row">
        {tiles.map(([category, Icon]) => (
          <CategoryTile key={category} category={category}>
            <Icon stroke={1.75} />
          </CategoryTile>
        ))}
        {tiles.map(([category, Icon]) => (
          <CategoryTile key={category} category={category} size="s">
            <Icon stroke={1.75} />
          </CategoryTile>
        ))}
      </div>
      <div className="row">
        <NumberText value={1418} fold /> <NumberText value={14_213} fold /> <NumberText value={1_400_000} fold />{' '}
        <NumberText value={null} />
        <DateText at={Date.now()} /> <DateText at={Date.now() - 86_400_000} /> <DateText at={Date.parse('2024-05-19T10:00:00Z')} />
      </div>
    </Part>
  )
}

function Gauges() {
  return (
    <Part title="Meters, clocks, charts">
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 16, marginBottom: 12 }}>
        <Meter label="Fit" value={72} max={100} threshold={60} />
        <Meter label="Engagement" value={38} max={100} threshold={45} />
        <Meter label="Eide" value={7} max={12} look="load" />
        <Meter label="Okafor" value={12} max={12} look="load" />
      </div>
      <div className="row">
        <DeadlineClock leftMs={190 * min} wholeMs={240 * min} by="first contact by 17:02, working time" />
        <DeadlineClock leftMs={108 * min} wholeMs={240 * min} by="first contact by 15:40, working time" />
      </div>
      <div className="row">
        <DeadlineClock leftMs={22 * min} wholeMs={240 * min} by="first contact by 14:14, working time" />
        <DeadlineClock leftMs={-24 * min} wholeMs={240 * min} by="goes to Okafor at 16:10" />
        <TimeLeft leftMs={190 * min} wholeMs={240 * min} />
        <TimeLeft leftMs={108 * min} wholeMs={240 * min} />
        <TimeLeft leftMs={22 * min} wholeMs={240 * min} />
        <TimeLeft leftMs={-24 * min} wholeMs={240 * min} />
      </div>
      <ChartFrame
        title="Entered"
        right="14 days"
        table={{ head: ['Day', 'People'], rows: days.slice(0, 4).map((count, at) => [`${at + 1} March`, count]) }}
      >
        <Sparkline label="Entered, 14 days" values={days} width={240} height={48} />
      </ChartFrame>
    </Part>
  )
}

function States() {
  return (
    <Part title="States">
      <div className="stack">
        <Callout tone="danger" title="The team cannot take the peak of 13 to 17 March">
          14 leads (6–24) fall into a port that leads nowhere.
        </Callout>
        <Callout tone="warn" title="Mail is kept in the outbox" action={<Button size="small">Set up SMTP</Button>}>
          Nothing leaves this machine until SMTP_URL is set.
        </Callout>
        <Callout title="No mail is sent and nothing is written to the CRM." />
        <ProgressBar label="Importing bank-full.csv" done={18_400} total={45_211} unit="rows" onCancel={() => {}} />
        <div className="boxed">
          <ErrorFrame what="This chart">
            <Broken />
          </ErrorFrame>
        </div>
        <div className="boxed">
          <Section title="Running" right="on time">
            <Facts
              ends
              facts={[
                ['Steps in the last hour', '4,182'],
                [
                  'Standing still with an error',
                  <span key="2" className="danger">
                    2
                  </span>,
                ],
              ]}
            />
          </Section>
          <Section title="Contact">
            <Facts
              facts={[
                ['Phone', '+47 55 01 42 18'],
                ['E-mail', 'i.solheim@kystfrakt.example'],
              ]}
            />
          </Section>
        </div>
      </div>
    </Part>
  )
}

/** Everything that is only looked at. */
export function Shows() {
  return (
    <>
      <Marks />
      <Gauges />
      <States />
      <Part title="Empty and loading">
        <EmptyState
          title="Nobody waits for you"
          actions={
            <>
              <Button look="primary">See the team's queue</Button>
              <Button look="quiet">Change your hours</Button>
            </>
          }
        >
          Next shift of leads is usually after 9:00.
        </EmptyState>
        <SkeletonRows rows={4} />
      </Part>
    </>
  )
}
