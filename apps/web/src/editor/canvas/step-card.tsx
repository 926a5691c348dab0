import {
  type Catalog,
  type Condition,
  type FlowNode,
  type Issue,
  isGroup,
  type ParsedNode,
  parseNode,
  type Sentence,
  withSteps,
} from '@baton/engine'
import { IconAlertTriangle, IconExclamationMark, IconHelp, IconLock, IconNote, IconPlus, IconUsers } from '@tabler/icons-react'
import { Handle, type Node, type NodeProps, Position, useStore } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { cardOf } from '../../nodes/registry.ts'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { shapeOf } from '../geometry.ts'
import { useLiveClick } from '../live/live-click.ts'
import { type Count, useEditor } from '../store.ts'

export type StepNode = Node<{ node: FlowNode }, 'step'>

const noIssues: readonly Issue[] = []
const FAR = 0.4

/** The words of the card, and the same as one text. */
export function wordsOf(node: FlowNode, parsed: ParsedNode | undefined, catalog: Parameters<ParsedNode['kind']['sentence']>[1]) {
  const sentence: Sentence = parsed
    ? parsed.kind.sentence(parsed.config, catalog)
    : [
        { text: 'A step from a ', kind: 'plain' },
        { text: 'newer Baton', kind: 'strong' },
        { text: ', kept as it is', kind: 'plain' },
      ]
  const text = sentence.map((it) => it.text).join('')
  const name = typeof node.data.name === 'string' && node.data.name.trim() !== '' ? node.data.name : null
  return { sentence, text, name }
}

/** True where a condition asks for steps passed. */
const speaksOfSteps = (condition: Condition): boolean =>
  condition.rules.some((it) => (isGroup(it) ? speaksOfSteps(it) : it.subject.kind === 'journey'))

/** What the card reads names from: also the other steps where its condition speaks of them, so that only such a card follows every edit. */
function useCardCatalog(node: FlowNode): Catalog {
  const catalog = useEditor((state) => state.catalog)
  const read = parseNode(node)
  const asks = 'ok' in read && read.ok.kind.conditions(read.ok.config).some(speaksOfSteps)
  const graph = useEditor((state) => (asks ? state.history.present : null))
  return useMemo(() => (graph ? withSteps(catalog, graph) : catalog), [catalog, graph])
}

/** A step on the canvas: LOOK 4. */
export const StepCard = memo(function StepCard({ data: { node }, selected }: NodeProps<StepNode>) {
  const catalog = useCardCatalog(node)
  const issues = useEditor((state) => state.byNode.get(node.id) ?? noIssues)
  const count = useEditor((state) => state.counts?.get(node.id))
  const live = useEditor((state) => state.counts !== null)
  const port = useEditor((state) => (selected ? state.port : null))
  const far = useStore((state) => state.transform[2] < FAR)
  const openPeople = useLiveClick()
  const read = parseNode(node)
  const parsed = 'ok' in read ? read.ok : undefined
  const card = parsed && cardOf(node.type)
  const shape = shapeOf(node)
  const { sentence, text, name } = wordsOf(node, parsed, catalog)
  const Icon = card && parsed ? card.icon(parsed.config) : IconLock
  const category = parsed?.kind.category ?? 'exit'
  const terms = card && parsed ? card.terms?.(parsed.config, catalog) : undefined
  const errors = live ? [] : issues.filter((it) => it.severity === 'error')
  const warnings = live ? [] : issues.filter((it) => it.severity === 'warning')
  const open = new Set(errors.flatMap((it) => (it.path?.startsWith('port.') ? [it.path.slice(5)] : [])))
  const parked = (count?.parked ?? 0) > 0
  const state = [
    category,
    shape.wide && 'wide',
    shape.contract && 'contract',
    selected && 'selected',
    (errors.length > 0 || parked) && 'error',
    errors.length === 0 && warnings.length > 0 && 'warning',
    far && 'far',
    live && 'counted',
  ]
  const single = shape.ports.length === 1 ? shape.ports[0] : undefined
  return (
    <article className={`node ${state.filter(Boolean).join(' ')}`} title={name === null ? undefined : text}>
      {category !== 'trigger' && <Handle className="entry" type="target" position={Position.Top} isConnectableStart={false} />}
      <div className="body">
        <span className={`tile ${category}`} aria-hidden="true">
          <Icon stroke={1.75} />
        </span>
        <div className="words">
          <p className="say">
            {name !== null ? (
              <b>{name}</b>
            ) : (
              sentence.map((part, at) => {
                // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
                if (part.kind === 'plain') return <span key={at}>{part.text}</span>
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <b key={at} className={part.kind === 'missing' ? 'missing' : undefined}>
                    {part.text}
                  </b>
                )
              })
            )}
          </p>
          {terms && terms.length > 0 && (
            <p className="terms">
              {terms.map(({ icon: TermIcon, words }) => (
                <span key={words}>
                  <TermIcon size={14} stroke={1.75} aria-hidden="true" />
                  <span className="clip">{words}</span>
                </span>
              ))}
            </p>
          )}
        </div>
        {far && live && <span className="big">{foldNumber(count?.passed ?? 0)}</span>}
      </div>
      {shape.row ? (
        <div className="ports">
          {shape.ports.map((it) => (
            <span key={it.id} className={`port${open.has(it.id) ? ' open' : ''}${port === it.id ? ' chosen' : ''}`}>
              <span className="clip" title={it.label}>
                {it.label}
              </span>
              {live && <b>{foldNumber(count?.ports[it.id] ?? 0)}</b>}
              <Way id={it.id} open={open.has(it.id)} />
            </span>
          ))}
        </div>
      ) : (
        single && (
          <span className={`single${open.has(single.id) ? ' open' : ''}`}>
            <Way id={single.id} open={open.has(single.id)} />
          </span>
        )
      )}
      {errors.length > 0 && (
        <span className="badge">
          <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />
          {errors.length}
        </span>
      )}
      {errors.length === 0 && warnings.length > 0 && (
        <span className="badge w">
          <IconExclamationMark size={12} stroke={2} aria-hidden="true" />
          {warnings.length}
        </span>
      )}
      {node.note !== undefined && !far && (
        <span className="noted" title={node.note}>
          <IconNote size={12} stroke={2} aria-label="Has a note" />
        </span>
      )}
      {live && count && !far && <Counts count={count} onOpen={(who) => openPeople(node.id, who)} />}
    </article>
  )
})

/** The dot at a port: pull it to a step, or press it to add one. */
function Way({ id, open }: { id: string; open: boolean }) {
  return (
    <Handle className={open ? 'way open' : 'way'} type="source" id={id} position={Position.Bottom} isConnectableEnd={false}>
      <IconPlus size={12} stroke={2.25} aria-hidden="true" />
    </Handle>
  )
}

/** For how many no yes and no no was to be had at a branch. */
export const undecidedWords = (n: number) =>
  `${fullNumber(n)} of those who came here had a case that could not be decided: a value was missing`

function Counts({ count, onOpen }: { count: Count; onOpen: (who: 'here' | 'parked' | 'passed') => void }) {
  return (
    <span className="counts nodrag nopan">
      <button type="button" className="count" title={`${fullNumber(count.passed)} came here so far`} onClick={() => onOpen('passed')}>
        {foldNumber(count.passed)}
      </button>
      {count.here - count.parked > 0 && (
        <button
          type="button"
          className="count here"
          title={`${fullNumber(count.here)} ${count.here === 1 ? 'is' : 'are'} here now`}
          onClick={() => onOpen('here')}
        >
          <IconUsers size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.here)}
        </button>
      )}
      {count.undecided > 0 && (
        <button type="button" className="count" title={undecidedWords(count.undecided)} onClick={() => onOpen('passed')}>
          <IconHelp size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.undecided)} undecided
        </button>
      )}
      {count.parked > 0 && (
        <button type="button" className="count bad" title="They stand still with an error" onClick={() => onOpen('parked')}>
          <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />
          {foldNumber(count.parked)} parked
        </button>
      )}
    </span>
  )
}
