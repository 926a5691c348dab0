import './kept.css'
import { useNavigate } from '@tanstack/react-router'
import type { Answers } from '../../shell/api.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { fullNumber } from '../../ui/numbers.ts'
import { Facts, Section } from '../../ui/panel.tsx'
import { bandWords } from '../simulate/forecast/words.ts'

type Kept = NonNullable<Answers['reviews']['state']['simulation']>

const LINES = [
  ['entered', 'Come in'],
  ['finished', 'Reach the end'],
  ['mails', 'Mails'],
  ['mostMailsInAWeek', 'Most mails for one in 7 days'],
  ['leads', 'Handed to sales'],
  ['overflow', 'Nobody could take'],
  ['breaches', 'Answered too late, or not'],
] as const

/** What a kept simulation came to, in a few figures. */
export function KeptFigures({ kept: { totals, kind, days, from, sample, people, byName, at } }: { kept: Kept }) {
  const facts = LINES.flatMap(([name, words]): (readonly [string, string])[] => {
    const band = totals[name]
    return band && (band.p90 > 0 || name === 'entered' || name === 'mails') ? [[words, bandWords(band)]] : []
  })
  return (
    <>
      <Facts ends facts={facts} />
      <p className="small muted kept-note">
        {kind === 'forecast' ? 'Forecast' : 'Back-test'} of {days} days from <DateText at={from} style="day" />, with {fullNumber(sample)}{' '}
        of {fullNumber(people)} people. Made by the server for {byName}, <DateText at={at} style="full" />.
      </p>
    </>
  )
}

/** The simulation that belongs to this draft, or says that there is none. */
export function Simulation({ flowId, kept, needed }: { flowId: string; kept: Kept | null; needed: boolean }) {
  const navigate = useNavigate()
  const go = (
    <Button size="small" onClick={() => void navigate({ to: '/flows/$flowId', params: { flowId }, search: { mode: 'simulate' } })}>
      Simulate it
    </Button>
  )
  return (
    <Section title="Simulation" right={kept?.fresh ? 'of this draft' : undefined}>
      {kept === null && (
        <div className="review-simulation">
          <p className="small muted">
            {needed
              ? 'This workspace wants one before a draft is approved: make a forecast or a back-test, and keep it.'
              : 'None is kept with this draft. A forecast shows what it would do before anybody gets a mail.'}
          </p>
          {go}
        </div>
      )}
      {kept !== null && !kept.fresh && (
        <Callout tone="warn" title="It is of an earlier draft." action={go}>
          The draft was changed since. These figures may not hold any more.
        </Callout>
      )}
      {kept !== null && <KeptFigures kept={kept} />}
    </Section>
  )
}
