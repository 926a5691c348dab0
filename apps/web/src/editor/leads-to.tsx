import { connect, disconnect, type FlowNode, kindOf, parseNode } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { memo, useMemo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { IconButton } from '../ui/button.tsx'
import { Select } from '../ui/fields.tsx'
import { Section } from '../ui/panel.tsx'
import { wordsOf } from './canvas/card-words.ts'
import { shapeOf } from './geometry.ts'
import { EndHere, openWays } from './mends.tsx'
import { newId } from './steps.ts'
import { useEditor, useEditorStore } from './store.ts'

/** Takes a way away; no step has this id. */
const NOWHERE = ''
/** Choices drawn at once; typing finds the others. */
const SHOWN = 40

type Choice = { value: string; label: string }

/** Every way out of a step and where it leads: wiring without a mouse. */
export function LeadsTo({ node }: { node: FlowNode }) {
  const store = useEditorStore()
  const catalog = useEditor((state) => state.catalog)
  const readOnly = useEditor((state) => state.readOnly)
  const issues = useEditor((state) => state.byNode.get(node.id))
  const lacks = useEditor((state) => state.lacks.get(node.id))
  const ways = useEditor(useShallow((state) => state.history.present.edges.filter((it) => it.source === node.id)))
  const others = useEditor((state) => state.history.present.nodes.length)
  const { ports } = shapeOf(node)
  // biome-ignore lint/correctness/useExhaustiveDependencies: anew when steps come or go; names need not follow every key typed elsewhere
  const targets = useMemo(() => {
    const { nodes } = store.getState().history.present
    return nodes
      .filter((it) => it.id !== node.id && kindOf(it.type)?.category !== 'trigger')
      .map((it): Choice => {
        const read = parseNode(it)
        const { text, name } = wordsOf(it, 'ok' in read ? read.ok : undefined, catalog)
        return { value: it.id, label: name ?? text }
      })
  }, [store, node.id, catalog, others])
  if (ports.length === 0) return null
  return (
    <Section title={ports.length === 1 ? 'Leads to' : 'Ways out'}>
      <div className="ways">
        {ports.map((port) => {
          const target = ways.find((it) => it.sourceHandle === port.id)?.target ?? null
          const open = issues?.some((it) => it.path === `port.${port.id}`) === true && target === null
          return (
            <WayRow
              key={port.id}
              node={node.id}
              port={port.id}
              label={ports.length > 1 ? port.label : null}
              target={target}
              targets={targets}
              wrong={open && !readOnly}
              readOnly={readOnly}
            />
          )
        })}
        {!readOnly && (
          <div>
            <EndHere
              ways={openWays([...(issues ?? []), ...(lacks ?? [])], store.getState().history.present).filter((it) => it.node === node.id)}
            />
          </div>
        )}
      </div>
    </Section>
  )
}

type RowProps = {
  node: string
  port: string
  label: string | null
  target: string | null
  targets: readonly Choice[]
  wrong: boolean
  readOnly: boolean
}

const WayRow = memo(function WayRow({ node, port, label, target, targets, wrong, readOnly }: RowProps) {
  const store = useEditorStore()
  const data = useMemo(() => (target === null ? [...targets] : [{ value: NOWHERE, label: 'nowhere' }, ...targets]), [target, targets])
  const lead = (to: string | null) =>
    store.getState().edit((graph) => {
      const way = graph.edges.find((it) => it.source === node && it.sourceHandle === port)
      if (to === null || to === NOWHERE) return way ? disconnect(graph, [way.id]) : graph
      return connect(graph, { id: newId(), source: node, sourceHandle: port, target: to })
    })
  return (
    <div className="way-row">
      {label !== null && (
        <span className="way-name clip" title={label}>
          {label}
        </span>
      )}
      <Select
        aria-label={label === null ? 'Leads to' : `${label} leads to`}
        placeholder="nowhere yet"
        searchable
        limit={SHOWN}
        disabled={readOnly}
        nothingFoundMessage="No step is called so."
        data={data}
        value={target}
        onChange={lead}
        error={wrong}
      />
      {!readOnly && (
        <IconButton
          size="small"
          label={target === null ? 'Add a step here' : 'Put a step in here'}
          icon={<IconPlus size={14} stroke={1.75} />}
          onClick={(event) => {
            const { left, top } = event.currentTarget.getBoundingClientRect()
            store.getState().openPicker({ x: left - 90, y: top + 16, target: { on: 'port', node, port } })
          }}
        />
      )}
    </div>
  )
})
