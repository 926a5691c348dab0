import '../editor/flow-editor.css'
import '../editor/live/live.css'
import '../editor/review/review.css'
import '../editor/simulate/simulate.css'
import './cards.css'
import { ReactFlowProvider } from '@xyflow/react'
import { StrictMode, useRef } from 'react'
import { createRoot } from 'react-dom/client'
import { Canvas, type Place } from '../editor/canvas/canvas.tsx'
import { Bead } from '../editor/simulate/trail.tsx'
import { EditorContext } from '../editor/store.ts'
import { ThemeChoice } from '../ui/gallery/theme-choice.tsx'
import { Around } from './around.tsx'
import { type CardsInState, cardStates } from './card-states.ts'

/** From the page's left edge to the first card. */
const LEFT = 24

/** The cards of one state on a canvas of the product, as they are there. */
function State({ state: { name, zoom, store, height } }: { state: CardsInState }) {
  const place = useRef<Place | null>({ x: LEFT + 26, y: 36, zoom })
  return (
    <section aria-label={name}>
      <h2>{name}</h2>
      <div className={name === 'In a review' ? 'work editor reviewing' : 'work editor'} style={{ height }}>
        <ReactFlowProvider>
          <EditorContext value={store}>
            <Canvas onEdit={nothing} place={place}>
              {name === 'On a walk' && <Bead here={store.getState().history.present.nodes[0]?.id ?? null} name="Robin Example" />}
            </Canvas>
          </EditorContext>
        </ReactFlowProvider>
      </div>
    </section>
  )
}

const nothing = () => {}

const states = cardStates()
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Around>
        <main className="cards-page">
          <ThemeChoice />
          {states.map((it) => (
            <State key={it.name} state={it} />
          ))}
        </main>
      </Around>
    </StrictMode>,
  )
