import './inspector.css'
import { IconLayoutSidebarRightExpand } from '@tabler/icons-react'
import { useReactFlow } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useImperativeHandle, useRef } from 'react'
import { useKeys } from '../shell/keys.ts'
import { IconButton } from '../ui/button.tsx'
import { SkeletonText } from '../ui/skeleton.tsx'
import { glide } from './glide.ts'
import { InspectorBody, Later } from './parts.tsx'
import { useEditor } from './store.ts'
import { focusFlow, showSide, useNarrow, useSide } from './view.ts'

/** What others may ask of the inspector. */
export interface InspectorHandle {
  /** Puts the focus into the first field; as soon as there is one, while the forms still load. */
  focus: () => void
}

/** Right of the canvas, in its final width from the start; what is inside comes after the canvas. */
export function Inspector({ handle }: { handle: RefObject<InspectorHandle | null> }) {
  const panel = useRef<HTMLElement>(null)
  const shown = useRef(false)
  const wanted = useRef(false)
  const count = useEditor((state) => state.selected.size)
  const node = useEditor((state) => {
    const [only] = state.selected
    return state.selected.size === 1 ? state.history.present.nodes.find((it) => it.id === only) : undefined
  })
  const side = useSide(count > 0)
  useKeys([[']', () => showSide(!side)]])
  const focus = useCallback(() => {
    showSide(true)
    wanted.current = !shown.current
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>('.sec input, .sec button, .sec textarea')?.focus())
  }, [])
  useImperativeHandle(handle, () => ({ focus }), [focus])
  const narrow = useNarrow()
  const flow = useReactFlow()
  const chosen = node?.id
  // Lying over the canvas, it does not hide the very step it tells of.
  useEffect(() => {
    const step = chosen === undefined ? undefined : document.querySelector(`.react-flow__node[data-id="${CSS.escape(chosen)}"]`)
    if (!narrow || !side || !step || !panel.current || step.classList.contains('dragging')) return
    const over = step.getBoundingClientRect().right + 24 - panel.current.getBoundingClientRect().left
    const { x, y, zoom } = flow.getViewport()
    if (over > 0) void flow.setViewport({ x: x - over, y, zoom }, { duration: glide(140) })
  }, [chosen, narrow, side, flow])
  const onShown = useCallback(() => {
    shown.current = true
    if (wanted.current) focus()
  }, [focus])
  return (
    <>
      {!side && (
        <IconButton
          className="float open-side"
          label="Show the panel"
          keys="]"
          icon={<IconLayoutSidebarRightExpand size={16} stroke={1.75} />}
          onClick={() => showSide(true)}
        />
      )}
      <aside
        className={`panel insp${side ? '' : ' away'}`}
        aria-label={node ? 'Step' : count > 1 ? 'Selected steps' : 'Flow'}
        ref={panel}
        onKeyDown={(event) => {
          const open = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true'
          if (event.key === 'Escape' && !open && !event.defaultPrevented) focusFlow()
        }}
      >
        <Later what="The form" fallback={<Bones />}>
          <InspectorBody node={node} count={count} onShown={onShown} />
        </Later>
      </aside>
    </>
  )
}

/** A head and a section, where they are going to be. */
function Bones() {
  return (
    <>
      <div className="insp-head">
        <div className="grow">
          <SkeletonText lines={2} />
        </div>
      </div>
      <div className="sec">
        <SkeletonText lines={4} />
      </div>
    </>
  )
}
