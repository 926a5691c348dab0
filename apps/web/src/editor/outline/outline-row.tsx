import type { FlowNode } from '@baton/engine'
import {
  IconAlertTriangle,
  IconBoxMultiple,
  IconChevronDown,
  IconChevronRight,
  IconCornerDownRight,
  IconCornerUpLeft,
  IconDots,
  IconExclamationMark,
  IconLock,
  IconMessage,
  IconNote,
  IconUsers,
} from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, memo, type ReactNode, useMemo } from 'react'
import { cardOf } from '../../nodes/registry.ts'
import { CategoryTile } from '../../ui/category-tile.tsx'
import { initials } from '../../ui/initials.ts'
import { foldNumber, fullNumber } from '../../ui/numbers.ts'
import { cardCatalog, namedFlow, wordsOf } from '../canvas/card-words.ts'
import { readStep } from '../geometry.ts'
import { useLiveClick } from '../live/live-click.ts'
import { useEditor } from '../store.ts'
import { useTrail } from './trail.ts'
import type { Row } from './tree.ts'
import { lineWords, markOf, spokenLine } from './words.ts'

/** Deeper lines keep the place of this level: they must not be pushed out of the page. */
const DEEPEST = 14
const INDENT = 20

interface Props {
  row: Row
  top: number
  active: boolean
  chosen: boolean
  /** It is being moved, or a way is being led on from it. */
  begun: boolean
  naming: boolean
  editable: boolean
  onPick: (row: Row, event: MouseEvent) => void
  onOpen: (row: Row) => void
  onEnter: (row: Row) => void
  onMenu: (row: Row, at: { x: number; y: number }) => void
  onName: (row: Row, words: string) => void
}

/** A line of the outline. Its name for screen readers says everything that is drawn on it. */
export function OutlineRow(props: Props) {
  const { row, top, active, chosen, begun, naming, editable, onPick, onOpen, onEnter, onMenu } = props
  const { what } = row
  const trail = useTrail()
  const spoken = useEditor((state) => spokenLine(what, state, trail))
  const mark = useEditor((state) => (what.is === 'step' ? markOf(state.marks?.get(what.node.id)).how : null))
  const walked =
    what.is === 'step' ? trail?.nodes.has(what.node.id) : what.is === 'port' && trail?.ways.has(`${what.node.id} ${what.port.id}`)
  const depth = Math.min(row.level - 1, DEEPEST)
  const look = ['ol-row', chosen && 'chosen', begun && 'begun', walked && 'walked', mark]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree around it has the keys
    <div
      role="treeitem"
      data-key={row.key}
      aria-level={row.level}
      aria-setsize={row.of}
      aria-posinset={row.place}
      aria-selected={chosen}
      {...(row.open === null ? {} : { 'aria-expanded': row.open })}
      tabIndex={active ? 0 : -1}
      className={look.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + depth * INDENT }}
      onClick={(event) => onPick(row, event)}
      onDoubleClick={() => onEnter(row)}
      onContextMenu={(event) => {
        event.preventDefault()
        onMenu(row, { x: event.clientX, y: event.clientY })
      }}
    >
      {Array.from({ length: depth }, (_, level) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a rule for each level
        <span key={level} className="ol-rule" style={{ left: 17 + level * INDENT }} />
      ))}
      {row.open === null ? (
        <span className="ol-twist" />
      ) : (
        <button
          type="button"
          className="ol-twist"
          tabIndex={-1}
          aria-hidden="true"
          onClick={(event) => {
            event.stopPropagation()
            onOpen(row)
          }}
        >
          {row.open ? <IconChevronDown size={14} stroke={1.75} /> : <IconChevronRight size={14} stroke={1.75} />}
        </button>
      )}
      {naming ? (
        <NameField {...props} />
      ) : (
        <>
          {/* What is drawn, in an order that can be listened to, and in full. */}
          <span className="unseen">{spoken}</span>
          <span className="ol-line" aria-hidden="true">
            <Line row={row} onEnter={onEnter} />
          </span>
        </>
      )}
      {editable && what.is !== 'part' && !naming && (
        <button
          type="button"
          className="ol-more"
          tabIndex={-1}
          aria-hidden="true"
          title="What can be done here"
          onClick={(event) => {
            event.stopPropagation()
            const { left, bottom } = event.currentTarget.getBoundingClientRect()
            onMenu(row, { x: left, y: bottom })
          }}
        >
          <IconDots size={16} stroke={1.75} />
        </button>
      )}
    </div>
  )
}

function NameField({ row, onName }: Props) {
  const { what } = row
  const name = what.is === 'group' ? what.group.name : what.is === 'step' ? what.node.data.name : ''
  const [start, hint] = useEditor((state) => `${typeof name === 'string' ? name : ''}\n${lineWords(what, state.catalog)}`).split('\n')
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: it appears because somebody asked for it
      autoFocus
      className="ol-name"
      aria-label={what.is === 'group' ? 'Name of the group' : 'New name of the step'}
      maxLength={120}
      defaultValue={start}
      placeholder={hint}
      onFocus={(event) => event.currentTarget.select()}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onBlur={(event) => onName(row, event.currentTarget.value)}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        event.stopPropagation()
        if (event.key === 'Enter') event.currentTarget.blur()
        else if (event.key === 'Escape') {
          event.currentTarget.value = start ?? ''
          event.currentTarget.blur()
        }
      }}
    />
  )
}

function Line({ row: { what }, onEnter, row }: { row: Row; onEnter: (row: Row) => void }) {
  const catalog = useEditor((state) => state.catalog)
  switch (what.is) {
    case 'step':
      return <StepLine node={what.node} />
    case 'port':
      return <PortLine node={what.node.id} port={what.port.id} label={what.port.label} taken={what.taken} />
    case 'jump':
      return (
        <>
          <IconCornerUpLeft size={16} stroke={1.75} className="faint" aria-hidden="true" />
          <span className="clip">
            <span className="muted">Continues at </span>
            <button
              type="button"
              className="ol-link"
              tabIndex={-1}
              onClick={(event) => {
                event.stopPropagation()
                onEnter(row)
              }}
            >
              {lineWords({ is: 'step', node: what.to, via: null }, catalog)}
            </button>
          </span>
        </>
      )
    case 'end':
      return <Loose node={what.node.id} port={what.port.id} />
    case 'part':
      return (
        <span className="ol-part">
          {lineWords(what, catalog)} <span className="faint">{what.size}</span>
        </span>
      )
    case 'group':
      return (
        <>
          <IconBoxMultiple size={16} stroke={1.75} className="faint" aria-hidden="true" />
          <b className="clip">{what.group.name}</b>
          <span className="small faint">{what.ids.length === 1 ? '1 step' : `${what.ids.length} steps`}</span>
        </>
      )
    case 'note':
      return (
        <>
          <IconNote size={16} stroke={1.75} className="faint" aria-hidden="true" />
          <span className="clip">{lineWords(what, catalog)}</span>
        </>
      )
  }
}

const StepLine = memo(function StepLine({ node }: { node: FlowNode }) {
  const ours = useEditor((state) => state.catalog)
  const flow = useEditor((state) => namedFlow(node, state.history.present))
  const catalog = useMemo(() => cardCatalog(ours, flow), [ours, flow])
  const group = useEditor((state) => state.history.present.groups?.find((it) => it.id === node.parentId)?.name)
  const read = readStep(node)
  const card = read && cardOf(node.type)
  const { sentence, text, name } = wordsOf(node, read, catalog)
  const Icon = card && read ? card.icon(read.config) : IconLock
  return (
    <>
      <CategoryTile category={read?.kind.category ?? 'exit'} size="s">
        <Icon stroke={1.75} />
      </CategoryTile>
      <span className="ol-say clip" title={text}>
        {name !== null ? (
          <b>{name}</b>
        ) : (
          sentence.map((part, at) =>
            part.kind === 'plain' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: words of a sentence are their places
              <span key={at}>{part.text}</span>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <b key={at} className={part.kind === 'missing' ? 'missing' : undefined}>
                {part.text}
              </b>
            ),
          )
        )}
      </span>
      {group !== undefined && (
        <span className="ol-group clip" title={`In the group ${group}`}>
          {group}
        </span>
      )}
      {node.note !== undefined && (
        <span className="ol-note clip" title={node.note}>
          <IconNote size={12} stroke={2} aria-hidden="true" />
          <span className="clip">{node.note}</span>
        </span>
      )}
      <Marks node={node.id} />
      <Problems node={node.id} />
      <Here node={node.id} />
      <Counts node={node.id} />
    </>
  )
})

const SIGNS = { added: '+', changed: '~', removed: '−' } as const

/** In Review: what became of a step, and whether it is talked about. */
function Marks({ node }: { node: string }) {
  const marks = useEditor((state) => state.marks?.get(node))
  const { how, talked } = markOf(marks)
  return (
    <>
      {how !== null && (
        <span className={`ol-mark ${how}`}>
          {SIGNS[how]} {how}
        </span>
      )}
      {talked && (
        <span className="ol-talked" title="Somebody talks about it">
          <IconMessage size={14} stroke={1.75} aria-hidden="true" />
        </span>
      )}
    </>
  )
}

/** In Simulate: whoever walks, where they are. */
function Here({ node }: { node: string }) {
  const trail = useTrail()
  if (!trail || trail.here !== node) return null
  return (
    <span className="ol-here" title={`${trail.name} is here`}>
      {initials(trail.name)}
    </span>
  )
}

/** What is wrong with a step, in words as far as there is room. */
function Problems({ node }: { node: string }) {
  const issues = useEditor((state) => (state.counts ? undefined : state.byNode.get(node)))
  const lacks = useEditor((state) => !state.counts && state.lacks.has(node))
  const first = issues?.find((it) => it.severity === 'error') ?? issues?.[0]
  if (!first || !issues) return lacks ? <span className="small faint">To be set up</span> : null
  const bad = first.severity === 'error'
  return (
    <span className={bad ? 'ol-problem danger' : 'ol-problem warn'} title={issues.map((it) => it.say).join('\n')}>
      {bad ? (
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
      ) : (
        <IconExclamationMark size={14} stroke={1.75} aria-hidden="true" />
      )}
      <span className="clip">{first.say}</span>
      {issues.length > 1 && <span className="num">+{issues.length - 1}</span>}
    </span>
  )
}

function PortLine({ node, port, label, taken }: { node: string; port: string; label: string; taken: boolean }) {
  const went = useEditor((state) => (state.counts ? (state.counts.get(node)?.ports[port] ?? 0) : null))
  return (
    <>
      <IconCornerDownRight size={16} stroke={1.75} className="faint" aria-hidden="true" />
      <span className="ol-port clip">{label}</span>
      {!taken && <Open node={node} port={port} />}
      {went !== null && <span className="ol-went num">{fullNumber(went)}</span>}
    </>
  )
}

function Loose({ node, port }: { node: string; port: string }): ReactNode {
  return (
    <>
      <IconCornerDownRight size={16} stroke={1.75} className="faint" aria-hidden="true" />
      <Open node={node} port={port} />
    </>
  )
}

/** Red where it has to lead somewhere. */
function Open({ node, port }: { node: string; port: string }) {
  const wrong = useEditor((state) => !state.readOnly && state.byNode.get(node)?.some((it) => it.path === `port.${port}`) === true)
  return <span className={wrong ? 'small danger clip' : 'small faint clip'}>Leads nowhere yet</span>
}

function Counts({ node }: { node: string }) {
  const count = useEditor((state) => state.counts?.get(node))
  const show = useLiveClick()
  if (!count) return null
  const pill = (who: 'passed' | 'here' | 'parked', n: number, words: string, look: string, icon?: ReactNode) => (
    <button
      type="button"
      tabIndex={-1}
      className={`ol-count ${look}`}
      title={`${fullNumber(n)} ${words}`}
      aria-label={`${fullNumber(n)} ${words}`}
      onClick={(event) => {
        event.stopPropagation()
        show(node, who)
      }}
    >
      {icon}
      {foldNumber(n)}
    </button>
  )
  return (
    <span className="ol-counts">
      {count.parked > 0 && pill('parked', count.parked, 'stuck here', 'bad', <IconAlertTriangle size={12} stroke={2} aria-hidden="true" />)}
      {count.here - count.parked > 0 && pill('here', count.here, 'here now', 'here', <IconUsers size={12} stroke={2} aria-hidden="true" />)}
      {pill('passed', count.passed, 'came here so far', '')}
    </span>
  )
}
