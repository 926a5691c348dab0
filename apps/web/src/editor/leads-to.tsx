import { connect, disconnect, type FlowNode, kindOf, parseNode } from '@baton/engine'
import { IconPlus } from '@tabler/icons-react'
import { useShallow } from 'zustand/react/shallow'
import { IconButton } from '../ui/button.tsx'
import { Select } from '../ui/fields.tsx'
import { Section } from '../ui/panel.tsx'
import { wordsOf } from './canvas/step-card.tsx'
import { shapeOf } from './geometry.ts'
import { newId } from './steps.ts'
import { useEditor, useEditorStore } from './store.ts'

/** Takes a way away; no step has this id. */
const NOWHERE = ''

/** Every way out of a step and where it leads: wiring without a mouse. */
export function LeadsTo({ node }: { node: FlowNode }) {
  const store = useEditorStore()
  const catalog = useEditor((state) => state.catalog)
  const readOnly = useEditor((state) => state.readOnly)
  const issues = useEditor((state) => state.byNode.get(node.id))
  const ways = useEditor(useShallow((state) => state.history.present.edges.filter((it) => it.source === node.id)))
  // The names of the other steps are read when the list opens; they need not follow every key that is typed elsewhere.
  const others = useEditor((state) => state.history.present.nodes.length)
  const { ports } = shapeOf(node)
  if (ports.length === 0) return null
  const targets = store
    .getState()
    .history.present.nodes.filter((it) => it.id !== node.id && kindOf(it.type)?.category !== 'trigger')
    .map((it) => {
      const read = parseNode(it)
      const { text, name } = wordsOf(it, 'ok' in read ? read.ok : undefined, catalog)
      return { value: it.id, label: name ?? text }
    })
  const lead = (port: string, to: string | null) =>
    store.getState().edit((graph) => {
      const way = graph.edges.find((it) => it.source === node.id && it.sourceHandle === port)
      if (to === null) return way ? disconnect(graph, [way.id]) : graph
      return connect(graph, { id: newId(), source: node.id, sourceHandle: port, target: to })
    })
  return (
    <Section title={ports.length === 1 ? 'Leads to' : 'Ways out'}>
      <div className="ways" data-steps={others}>
        {ports.map((port) => {
          const target = ways.find((it) => it.sourceHandle === port.id)?.target ?? null
          const wrong = issues?.find((it) => it.path === `port.${port.id}`)
          return (
            <div key={port.id} className="way-row">
              {ports.length > 1 && <span className="way-name clip">{port.label}</span>}
              <Select
                aria-label={ports.length > 1 ? `${port.label} leads to` : 'Leads to'}
                placeholder="nowhere yet"
                searchable
                disabled={readOnly}
                nothingFoundMessage="No step is called so."
                data={target === null ? targets : [{ value: NOWHERE, label: 'nowhere' }, ...targets]}
                value={target}
                onChange={(to) => lead(port.id, to === NOWHERE ? null : to)}
                error={wrong !== undefined && target === null && !readOnly}
              />
              {!readOnly && (
                <IconButton
                  size="small"
                  label={target === null ? 'Add a step here' : 'Put a step in here'}
                  icon={<IconPlus size={14} stroke={1.75} />}
                  onClick={(event) => {
                    const { left, top } = event.currentTarget.getBoundingClientRect()
                    store.getState().openPicker({ x: left - 90, y: top + 16, target: { on: 'port', node: node.id, port: port.id } })
                  }}
                />
              )}
            </div>
          )
        })}
      </div>
    </Section>
  )
}
