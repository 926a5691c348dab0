import { kindOf } from '@baton/engine'
import { IconLayoutGrid, IconMap, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react'
import { MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react'
import { IconButton } from '../../ui/button.tsx'
import { glide } from '../glide.ts'
import { useEditor, useEditorStore } from '../store.ts'
import { mapFits, NO_MAP, toggleMap } from './deeds.ts'
import type { CanvasNode } from './elements.ts'
import { canvasFrame, fitOptions } from './fit.ts'
import { useTidy } from './use-tidy.ts'

const colour = (it: CanvasNode) =>
  it.type === 'step' ? `var(--${kindOf(it.data.node.type)?.category ?? 'exit'})` : it.type === 'folded' ? 'var(--exit)' : 'transparent'

/** Small map and zoom, bottom right. */
export function CornerTools() {
  const zoom = useStore((state) => Math.round(state.transform[2] * 100))
  const few = useEditor((state) => mapFits(state.history.present))
  const any = useEditor((state) => state.history.present.nodes.length > 0)
  const several = useEditor((state) => state.selected.size > 1)
  const readOnly = useEditor((state) => state.readOnly)
  const map = useEditor((state) => state.map)
  const flow = useReactFlow()
  const store = useEditorStore()
  const tidy = useTidy()
  return (
    <Panel position="bottom-right" className="corner">
      {map && few && any && (
        <div className="float mini">
          <MiniMap
            ariaLabel="Map of the flow"
            nodeColor={colour}
            nodeBorderRadius={14}
            bgColor="transparent"
            maskColor="transparent"
            maskStrokeColor="var(--accent)"
            maskStrokeWidth={1.5}
            style={{ width: 146, height: 102 }}
            pannable
            onClick={(_, at) => void flow.setCenter(at.x, at.y, { zoom: flow.getZoom(), duration: glide(260) })}
            zoomable
          />
        </div>
      )}
      <div className="float tools">
        {!readOnly && (
          <IconButton
            size="small"
            label={several ? 'Tidy up what is chosen' : 'Tidy up'}
            keys="T"
            icon={<IconLayoutGrid size={14} stroke={1.75} />}
            onClick={() => void tidy()}
          />
        )}
        <IconButton
          size="small"
          label={!few ? NO_MAP : map ? 'Hide the map' : 'Show the map'}
          keys="M"
          icon={<IconMap size={14} stroke={1.75} />}
          aria-pressed={map && few}
          onClick={() => toggleMap(store)}
        />
        <IconButton
          size="small"
          label="Smaller"
          keys="−"
          icon={<IconMinus size={14} stroke={1.75} />}
          onClick={() => void flow.zoomOut({ duration: glide(140) })}
        />
        <span className="percent">{zoom}%</span>
        <IconButton
          size="small"
          label="Larger"
          keys="+"
          icon={<IconPlus size={14} stroke={1.75} />}
          onClick={() => void flow.zoomIn({ duration: glide(140) })}
        />
        <IconButton
          size="small"
          label="Fit"
          keys="F"
          icon={<IconMaximize size={14} stroke={1.75} />}
          onClick={() => void flow.fitView({ duration: glide(260), ...fitOptions(store.getState().history.present, canvasFrame()) })}
        />
      </div>
    </Panel>
  )
}
