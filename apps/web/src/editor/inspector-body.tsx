import { type FlowNode, parseNode, withSteps } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconCopy, IconDots, IconLock, IconTrash } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { formOf } from '../nodes/forms.ts'
import { cardOf } from '../nodes/registry.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { CategoryTile } from '../ui/category-tile.tsx'
import { Section } from '../ui/panel.tsx'
import { duplicateSelected, removeSelected } from './canvas/deeds.ts'
import { wordsOf } from './canvas/step-card.tsx'
import { FlowSettingsForm } from './flow-settings.tsx'
import { LeadsTo } from './leads-to.tsx'
import { useEditor, useEditorStore } from './store.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * What the inspector shows: the one selected step, what many have in common, or the flow itself. With the forms of all kinds, so it is loaded
 * after the canvas; `onShown` is called when it is there.
 */
export default function InspectorBody({ node, count, onShown }: { node: FlowNode | undefined; count: number; onShown: () => void }) {
  useEffect(onShown, [onShown])
  if (node) return <StepInspector key={node.id} node={node} />
  return count > 1 ? <ManySteps count={count} /> : <FlowSettingsForm />
}

function StepInspector({ node }: { node: FlowNode }) {
  const store = useEditorStore()
  const catalog = useEditor((state) => state.catalog)
  const graph = useEditor((state) => state.history.present)
  const inFlow = useMemo(() => withSteps(catalog, graph), [catalog, graph])
  const readOnly = useEditor((state) => state.readOnly)
  const issues = useEditor((state) => state.byNode.get(node.id))
  // Typing in one field is one gesture, and so one step of undo; presses of buttons are steps of their own.
  const field = useRef(0)
  const gesture = useCallback(() => {
    const at = document.activeElement
    return at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? `${node.id} ${field.current}` : null
  }, [node.id])
  const set = (data: unknown) => isRecord(data) && store.getState().setConfig(node.id, { ...data }, gesture())
  const read = parseNode(node)
  const card = cardOf(node.type)
  const form = formOf(node.type)
  const parsed = 'ok' in read ? read.ok : undefined
  const { text, name } = wordsOf(node, parsed, catalog)
  if (!parsed || !card || !form) {
    return (
      <>
        <header className="insp-head">
          <CategoryTile category="exit">
            <IconLock stroke={1.75} />
          </CategoryTile>
          <div className="grow">
            <h2>A step from a newer Baton</h2>
            <p className="small muted">It is kept as it is.</p>
          </div>
        </header>
        <Section>{'problems' in read && read.problems.map((it) => <p key={it.path + it.code}>{it.message}</p>)}</Section>
      </>
    )
  }
  const { Form } = form
  const Icon = card.icon(parsed.config)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only counts in which field somebody types
    <div
      onFocus={() => {
        field.current += 1
      }}
    >
      <header className="insp-head">
        <CategoryTile category={parsed.kind.category}>
          <Icon stroke={1.75} />
        </CategoryTile>
        <div className="grow">
          <input
            className="insp-name"
            aria-label="Name of the step"
            placeholder={text}
            title={name === null ? 'The card says it by itself. Write a name to replace the sentence.' : text}
            maxLength={120}
            readOnly={readOnly}
            value={name ?? ''}
            onChange={(event) => {
              const { name: _, ...rest } = node.data
              const next = event.currentTarget.value
              set(next === '' ? rest : { ...rest, name: next })
            }}
          />
          <p className="small muted">
            {card.title}. {card.about}
          </p>
        </div>
        {!readOnly && (
          <Menu position="bottom-end" width={200}>
            <Menu.Target>
              <IconButton size="small" label="More" icon={<IconDots size={16} stroke={1.75} />} />
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconCopy size={16} stroke={1.75} />}
                rightSection={<span className="small faint">Ctrl D</span>}
                onClick={() => duplicateSelected(store)}
              >
                Duplicate
              </Menu.Item>
              <Menu.Item
                data-danger
                leftSection={<IconTrash size={16} stroke={1.75} />}
                rightSection={<span className="small faint">Del</span>}
                onClick={() => removeSelected(store)}
              >
                Remove
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <Section>
        <Form config={parsed.config} catalog={inFlow} readOnly={readOnly} issues={readOnly ? [] : (issues ?? [])} onChange={set} />
      </Section>
      <LeadsTo node={node} />
    </div>
  )
}

function ManySteps({ count }: { count: number }) {
  const store = useEditorStore()
  const readOnly = useEditor((state) => state.readOnly)
  return (
    <>
      <header className="insp-head">
        <div className="grow">
          <h2>{count} steps</h2>
          <p className="small muted">They move, copy and go together.</p>
        </div>
      </header>
      {!readOnly && (
        <Section>
          <div className="row">
            <Button size="small" icon={<IconCopy size={14} stroke={1.75} />} onClick={() => duplicateSelected(store)}>
              Duplicate
            </Button>
            <Button size="small" look="danger-quiet" icon={<IconTrash size={14} stroke={1.75} />} onClick={() => removeSelected(store)}>
              Remove
            </Button>
          </div>
        </Section>
      )}
    </>
  )
}
