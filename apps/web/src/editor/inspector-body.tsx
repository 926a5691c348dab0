import { type ConfigProblem, type FlowNode, type FlowNote, type Issue, parseNode, setNodeNote, setNote, withSteps } from '@baton/engine'
import { Menu } from '@mantine/core'
import { IconBoxMultiple, IconCopy, IconDots, IconLibraryMinus, IconLock, IconNote, IconReplace, IconTrash } from '@tabler/icons-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { formOf } from '../nodes/forms.ts'
import { cardOf } from '../nodes/registry.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { CategoryTile } from '../ui/category-tile.tsx'
import { Textarea } from '../ui/fields.tsx'
import { Section } from '../ui/panel.tsx'
import { ArrangeTools, MoveTools } from './arrange-tools.tsx'
import { wordsOf } from './canvas/card-words.ts'
import { chosenGroup } from './canvas/chosen-group.ts'
import { duplicateSelected, groupSelected, removeSelected, ungroupSelected } from './canvas/deeds.ts'
import { FlowSettingsForm } from './flow-settings.tsx'
import { LeadsTo } from './leads-to.tsx'
import { useEditor, useEditorStore } from './store.ts'
import { useGesture } from './use-gesture.ts'
import { useLook } from './view.ts'

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * What the inspector shows: the one selected step, what many have in common, or the flow itself. With the forms of all kinds, so it is loaded
 * after the canvas; `onShown` is called when it is there.
 */
export default function InspectorBody({ node, count, onShown }: { node: FlowNode | undefined; count: number; onShown: () => void }) {
  useEffect(onShown, [onShown])
  const note = useEditor((state) =>
    count === 1 && !node ? state.history.present.notes?.find((it) => state.selected.has(it.id)) : undefined,
  )
  if (node) return <StepInspector key={node.id} node={node} />
  if (note) return <NoteInspector key={note.id} note={note} />
  return count > 1 ? <ManySteps count={count} /> : <FlowSettingsForm />
}

/** What was typed and not taken, as long as the step is what it was then. */
type Refused = { by: FlowNode['data']; issues: readonly Issue[] }

const refusal = (id: string, { path, message }: ConfigProblem): Issue => ({
  code: 'config',
  severity: 'error',
  nodes: [id],
  path,
  say: `${message} The step keeps what it had.`,
})

function StepInspector({ node }: { node: FlowNode }) {
  const store = useEditorStore()
  const look = useLook()
  const catalog = useEditor((state) => state.catalog)
  const graph = useEditor((state) => state.history.present)
  const inFlow = useMemo(() => withSteps(catalog, graph), [catalog, graph])
  const readOnly = useEditor((state) => state.readOnly)
  const issues = useEditor((state) => state.byNode.get(node.id))
  const { watch, gesture } = useGesture(node.id)
  const [noting, setNoting] = useState(false)
  // What takes the focus has to wait until the menu has given it back.
  const next = useRef<(() => void) | null>(null)
  const afterMenu = () => {
    next.current?.()
    next.current = null
  }
  // What the engine's schema refuses is said at its field and goes no further: a step that cannot be read would lose its form.
  const [refused, setRefused] = useState<Refused | null>(null)
  const refusals = refused?.by === node.data ? refused.issues : []
  // Within a condition, fields show nothing of their own.
  const deep = refusals.some((it) => (it.path ?? '').split('.').length > 2)
  const set = (data: unknown) => {
    if (!isRecord(data)) return
    const next = parseNode({ ...node, data })
    setRefused('ok' in next ? null : { by: node.data, issues: next.problems.map((it) => refusal(node.id, it)) })
    if ('ok' in next) store.getState().setConfig(node.id, { ...data }, gesture())
  }
  const read = parseNode(node)
  const card = cardOf(node.type)
  const form = formOf(node.type)
  const parsed = 'ok' in read ? read.ok : undefined
  const { sentence, text, name } = wordsOf(node, parsed, catalog)
  // What is still to be chosen is chosen right below.
  const says = sentence.map((it) => (it.kind === 'missing' ? '…' : it.text)).join('')
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
  const swap = () => {
    const from = document.querySelector('.insp-head')?.getBoundingClientRect()
    store.getState().openPicker({ x: from?.right ?? 0, y: from?.top ?? 0, target: { on: 'swap', node: node.id } })
  }
  return (
    <div {...watch}>
      <header className="insp-head">
        <CategoryTile category={parsed.kind.category}>
          <Icon stroke={1.75} />
        </CategoryTile>
        <div className="grow">
          <input
            className="insp-name"
            aria-label="Name of the step"
            placeholder={says}
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
          <Menu position="bottom-end" width={200} onExitTransitionEnd={afterMenu}>
            <Menu.Target>
              <IconButton size="small" label="More" icon={<IconDots size={16} stroke={1.75} />} />
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconReplace size={16} stroke={1.75} />}
                onClick={() => {
                  next.current = swap
                }}
              >
                Change into…
              </Menu.Item>
              <Menu.Item
                leftSection={<IconNote size={16} stroke={1.75} />}
                onClick={() => {
                  next.current = () => setNoting(true)
                }}
              >
                Note on this step
              </Menu.Item>
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
        <Form
          config={parsed.config}
          catalog={inFlow}
          readOnly={readOnly}
          issues={readOnly ? [] : [...refusals, ...(issues ?? [])]}
          onChange={set}
        />
        <p className={deep ? 'wrong small' : 'unseen'} role="alert">
          {refusals.map((it) => it.say).join(' ')}
        </p>
      </Section>
      <LeadsTo node={node} />
      {(noting || node.note !== undefined) && (
        <StepNote node={node} readOnly={readOnly} fresh={noting} gesture={gesture} onLeave={() => setNoting(false)} />
      )}
      {!readOnly && look === 'canvas' && (
        <Section>
          <MoveTools />
        </Section>
      )}
    </div>
  )
}

/** A note on the canvas, for those who do not write on it there. */
function NoteInspector({ note }: { note: FlowNote }) {
  const store = useEditorStore()
  const { watch, gesture } = useGesture(`note ${note.id}`)
  const readOnly = useEditor((state) => state.readOnly)
  return (
    <>
      <header className="insp-head">
        <div className="grow">
          <h2>Note</h2>
          <p className="small muted">For those who read this flow. It does nothing.</p>
        </div>
      </header>
      <Section>
        <Textarea
          {...watch}
          aria-label="Words of the note"
          autosize
          minRows={4}
          maxLength={5000}
          readOnly={readOnly}
          value={note.text}
          onChange={(event) => {
            const text = event.currentTarget.value
            store.getState().edit((graph) => setNote(graph, note.id, { text }), gesture())
          }}
        />
        {!readOnly && (
          <>
            <MoveTools />
            <Button size="small" look="danger-quiet" icon={<IconTrash size={14} stroke={1.75} />} onClick={() => removeSelected(store)}>
              Remove
            </Button>
          </>
        )}
      </Section>
    </>
  )
}

type NoteProps = { node: FlowNode; readOnly: boolean; fresh: boolean; gesture: () => string | null; onLeave: () => void }

/** What the author wants to be known about a step; an empty one goes when the field is left. */
function StepNote({ node, readOnly, fresh, gesture, onLeave }: NoteProps) {
  const store = useEditorStore()
  return (
    <Section title="Note">
      <Textarea
        aria-label="Note on this step"
        placeholder="Why it is so, for whoever reads this flow after you"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={2000}
        autoFocus={fresh}
        readOnly={readOnly}
        value={node.note ?? ''}
        onChange={(event) => {
          const text = event.currentTarget.value
          store.getState().edit((graph) => setNodeNote(graph, node.id, text), gesture())
        }}
        onBlur={onLeave}
      />
    </Section>
  )
}

function ManySteps({ count }: { count: number }) {
  const store = useEditorStore()
  const grouped = useEditor((state) => chosenGroup(state) !== undefined)
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
        <Section title="Line up">
          <ArrangeTools />
          <MoveTools />
        </Section>
      )}
      {!readOnly && (
        <Section>
          <div className="row">
            {grouped ? (
              <Button
                size="small"
                icon={<IconLibraryMinus size={14} stroke={1.75} />}
                keys="Shift G"
                onClick={() => ungroupSelected(store)}
              >
                Ungroup
              </Button>
            ) : (
              <Button size="small" icon={<IconBoxMultiple size={14} stroke={1.75} />} keys="G" onClick={() => groupSelected(store)}>
                Group
              </Button>
            )}
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
