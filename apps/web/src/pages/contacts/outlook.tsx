import './contact.css'
import './outlook.css'
import type { Catalog } from '@baton/engine'
import type { Answers } from '../../shell/api.ts'
import { Callout } from '../../ui/callout.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { StepLine } from './journey.tsx'
import { faceOf } from './passage-steps.ts'
import { ruleWords, sawWords } from './reasons/parts.ts'

type Told = Answers['contacts']['explain']

const refusals: Readonly<Record<NonNullable<Told['refused']>, string>> = {
  inside: 'They are in the flow now, and it takes nobody twice at the same time.',
  'not-again': 'They have been in it, and the flow lets people in once only.',
  'not-yet': 'They have been in it lately, and the flow lets people in again only after a while.',
  'too-often': 'They have been in it as often as the flow allows.',
  historic: 'What they did is too old to let them in.',
  closed: 'The flow lets nobody in now.',
  'no-match': 'They do not match the start.',
  'not-in-roll-out': 'The roll-out has not reached them.',
}

/** What would happen to one person: which start lets them in, then the way they would go, with the reason of each step. */
export function Outlook({ told, catalog }: { told: Told; catalog: Catalog }) {
  const graph = { flowId: '', version: 0, nodes: told.nodes }
  const name = (node: string) => faceOf(graph, node, catalog).name
  return (
    <div className="outlook">
      {told.refused !== null && (
        <Callout tone="warn" title="They would not be let in now.">
          {refusals[told.refused]}
        </Callout>
      )}
      {!told.inRollOut && <p className="small warn">The roll-out has not reached this person: only by hand they come in now.</p>}
      <section>
        <h3 className="small muted">What lets people in</h3>
        <ul className="starts">
          {told.triggers.map((it) => (
            <li key={it.node}>
              <p>{name(it.node)}</p>
              <p className="small muted">
                <Verdict trigger={it} catalog={catalog} />
              </p>
            </li>
          ))}
        </ul>
      </section>
      {told.steps.length > 0 && (
        <section className="passage">
          <h3 className="small muted">
            {told.entered === null ? 'From where they stand now' : 'If they came in now, and nothing else happened'}
          </h3>
          <ol className="steps">
            {told.steps.map((step) => (
              <StepLine key={step.seq} step={step} graph={graph} catalog={catalog} />
            ))}
          </ol>
        </section>
      )}
      <p className="muted">
        <End end={told.end} name={name} />
      </p>
    </div>
  )
}

function End({ end, name }: { end: Told['end']; name: (node: string) => string }) {
  switch (end.how) {
    case 'over':
      return (
        <>
          Out of the flow{end.label ? `: ${end.label}` : ''}, <DateText at={end.at} style="full" />.
        </>
      )
    case 'rests':
      return end.until === null ? (
        <>Would stay at “{name(end.node)}” until something happens.</>
      ) : (
        <>
          Would stay at “{name(end.node)}” until <DateText at={end.until} style="full" />.
        </>
      )
    case 'too-long':
      return (
        <>
          Would be at “{name(end.node)}”
          {end.until !== null && (
            <>
              {' until '}
              <DateText at={end.until} style="full" />
            </>
          )}
          . Further than 90 days or 200 steps is not looked at.
        </>
      )
    case 'parked':
      return (
        <span className="danger">
          Would stand still at “{name(end.node)}” with an error: {end.message}
        </span>
      )
    case 'not-in':
      return <>Would not be in the flow.</>
  }
}

function Verdict({ trigger, catalog }: { trigger: Told['triggers'][number]; catalog: Catalog }) {
  const { kind, when, at, rules, last } = trigger
  const saw = rules.map((it) => `${ruleWords(it, catalog)}: saw ${sawWords(it)}`).join('; ')
  if (when === 'at' && at !== null) {
    return (
      <>
        Lets them in on <DateText at={at} style="full" />.
      </>
    )
  }
  if (when === 'now') return <>Fits now. {saw}</>
  if (when === 'never') return <>Cannot let them in: there is no date.</>
  switch (kind) {
    case 'segment-joined':
      return rules.length > 0 && rules.every((it) => it.truth === true) ? (
        <>Are in it already: only joining lets in. {saw}</>
      ) : (
        <>Not now. {saw}</>
      )
    case 'segment-left':
    case 'schedule':
      return <>Not now. {saw}</>
    case 'event':
      return last === null ? (
        <>When it happens. It has not happened yet.</>
      ) : (
        <>
          When it happens again. Last on <DateText at={last.occurredAt} style="full" />.
        </>
      )
    case 'manual':
      return <>When somebody adds them.</>
    case 'api':
      return <>When other software adds them.</>
    case 'flow':
      return <>When another flow sends them.</>
    default:
      return <>When it changes so.</>
  }
}
