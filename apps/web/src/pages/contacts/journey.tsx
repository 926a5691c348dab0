import { type Catalog, withSteps } from '@baton/engine'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { DateText } from '../../ui/date-text.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Chip } from '../../ui/marks.tsx'
import { NotLetIn } from './not-let-in.tsx'
import { endLine, faceOf, type Passage } from './passage-steps.ts'
import type { Contact } from './people.ts'
import { reasonFacts } from './reason-facts.ts'
import { reasonWords } from './reason-words.ts'
import { StandsNow } from './stands-now.tsx'
import { StepIcon } from './step-icon.tsx'

type Props = { contact: Contact; catalog: Catalog }

/** Every passage through a flow with the reason of each of its steps, and where the person stands now. */
export function Journey({ contact, catalog }: Props) {
  if (contact.passages.length === 0) {
    if (contact.notLetIn.length > 0) return <NotLetIn contact={contact} />
    return (
      <EmptyState title="Not in a flow yet.">
        As soon as this person comes into a flow, each step stands here with the reason why it was taken.
      </EmptyState>
    )
  }
  return (
    <>
      {contact.passages.map((passage) => (
        <PassageBlock key={`${passage.flowId}/${passage.key}/${passage.entry}`} passage={passage} contact={contact} catalog={catalog} />
      ))}
      <NotLetIn contact={contact} />
    </>
  )
}

function PassageBlock({ passage, contact, catalog: around }: Props & { passage: Passage }) {
  const graph = contact.graphs.find((it) => it.flowId === passage.flowId && it.version === passage.version)
  // Reasons may speak of steps of this version: by their names.
  const catalog = useMemo(() => (graph ? withSteps(around, graph) : around), [around, graph])
  const end = passage.endedAt === null ? null : endLine(passage)
  return (
    <section className="passage">
      <header>
        <h3 className="clip">
          <Link to="/flows/$flowId" params={{ flowId: passage.flowId }}>
            {passage.flowName}
          </Link>
        </h3>
        <Chip>version {passage.version}</Chip>
        {passage.key !== '' && <Chip tone="line">{passage.key}</Chip>}
        <span className="small muted right">
          <DateText at={passage.enteredAt} style="full" />
          {passage.endedAt !== null && (
            <>
              {' – '}
              <DateText at={passage.endedAt} style="full" />
            </>
          )}
        </span>
      </header>
      {passage.steps.length === 0 && passage.endedAt !== null && (
        <p className="small muted">Its steps are not kept any more. How long they are kept is set under Settings, Retention.</p>
      )}
      <ol className="steps">
        {passage.steps.map((step) => (
          <StepLine key={step.seq} step={step} graph={graph} catalog={catalog} />
        ))}
        {passage.endedAt === null && (
          <StandsNow passage={passage} face={faceOf(graph, passage.node, catalog)} contactId={contact.id} nodes={graph?.nodes ?? []} />
        )}
        {end !== null && <li className="step-end muted">{end}</li>}
      </ol>
    </section>
  )
}

type StepProps = { step: Passage['steps'][number]; graph: Contact['graphs'][number] | undefined; catalog: Catalog }

export function StepLine({ step, graph, catalog }: StepProps) {
  const [open, setOpen] = useState(false)
  const face = useMemo(() => faceOf(graph, step.node, catalog), [graph, step.node, catalog])
  const words = reasonWords(step.reason, face)
  return (
    <li className="step">
      <CategoryTile category={face.category ?? 'exit'} size="s">
        <StepIcon face={face} />
      </CategoryTile>
      <div className="grow">
        <p className="step-name">
          {face.name}
          {step.visit > 1 && <span className="muted">, time {step.visit}</span>}
        </p>
        <p className="step-why">
          {/* biome-ignore-start lint/suspicious/noArrayIndexKey: parts of a sentence are positions */}
          {words.map((part, at) => (part.kind === 'strong' ? <b key={at}>{part.text}</b> : <span key={at}>{part.text}</span>))}
          {/* biome-ignore-end lint/suspicious/noArrayIndexKey: as above */}
        </p>
        {open && <Details step={step} face={face} />}
      </div>
      <span className="step-at small faint">
        <Button look="quiet" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? 'Hide details' : 'Show details'}
        </Button>
        <DateText at={step.at} style="full" />
      </span>
    </li>
  )
}

/** The whole reason of a step, as a table. */
export function Details({ step, face }: { step: StepProps['step']; face: ReturnType<typeof faceOf> }) {
  const facts = reasonFacts(step.reason, face)
  const rows = [
    ...facts,
    ...(step.due === null ? [] : [{ name: 'Due', value: new Date(step.due).toISOString().slice(0, 19).replace('T', ' ').concat(' UTC') }]),
    { name: 'Left by', value: step.port === 'end' ? 'the end of the flow' : face.portName(step.port) },
  ]
  return (
    <table className="why-table">
      <caption className="unseen">The whole reason</caption>
      <tbody>
        {rows.map((fact, at) => {
          const head = 'head' in fact ? fact.head : undefined
          const before = rows[at - 1]
          const same = before !== undefined && 'head' in before && before.head === head
          return [
            head !== undefined && !same ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: lines of a reason are positions
              <tr key={`h${at}`}>
                <th colSpan={2} scope="colgroup" className="why-head">
                  {head}
                </th>
              </tr>
            ) : null,
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a reason are positions
            <tr key={at}>
              <th scope="row">{fact.name}</th>
              <td>{fact.value}</td>
            </tr>,
          ]
        })}
      </tbody>
    </table>
  )
}
