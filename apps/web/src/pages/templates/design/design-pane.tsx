import './design.css'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { Button, IconButton } from '../../../ui/button.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import type { Block } from '../blocks.ts'
import { BlockMenu } from '../insert-menu.tsx'
import { PartForm } from './part-form.tsx'
import { neighbour, type Part, partsOf, placeOf, swapped, withLine, without, withWords } from './parts.ts'
import { useSteps } from './use-steps.ts'

type Props = { body: string; readOnly: boolean; onChange: (body: string) => void; onSource: (line: number) => void }

const icon = { size: 14, stroke: 1.75 }
const lineAt = (source: string, at: number): number => source.slice(0, at).split('\n').length

/** The mail as the pieces it is made of, each changed by a form; whatever the forms do not know stays in the source as it is. */
export function DesignPane({ body, readOnly, onChange, onSource }: Props) {
  const parts = useMemo(() => partsOf(body), [body])
  const steps = useSteps(body, onChange)
  const [chosen, setChosen] = useState<number | null>(null)
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    const deed = key === 'y' || (key === 'z' && event.shiftKey) ? steps.redo : key === 'z' ? steps.undo : undefined
    if (!deed) return
    event.preventDefault()
    deed()
  }
  if (!parts)
    return (
      <EmptyState title="The tags of this mail are not in order." actions={<Button onClick={() => onSource(1)}>Go to the source</Button>}>
        Something in the source is not closed, or stands outside. Below is where; once it is mended, the mail is shown here in its pieces.
      </EmptyState>
    )
  const add = (block: Block) => {
    const { at, text } = placeOf(body, parts, chosen === null ? undefined : parts[chosen], block)
    steps.change(body.slice(0, at) + text + body.slice(at), '')
    const before = parts.filter((it) => it.to <= at).length
    setChosen(before)
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.part[data-chosen] .field-input')?.focus())
  }
  const change = (part: Part, by: -1 | 1) => {
    const other = neighbour(parts, part, by)
    if (!other) return undefined
    return () => {
      steps.change(swapped(body, part, other), '')
      setChosen(parts.indexOf(part) + by)
    }
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would have its legend read before every field in it
    <div className="design" role="group" aria-label="Pieces of the mail" onKeyDown={readOnly ? undefined : keys}>
      {!readOnly && (
        <div className="design-bar">
          <BlockMenu words="Add" onPick={add} />
          <span className="small faint grow">Behind the piece you are in. Bold is **so**, a link is [words](address).</span>
          <IconButton
            size="small"
            label="Undo"
            keys="Ctrl Z"
            icon={<IconArrowBackUp {...icon} />}
            disabled={!steps.canUndo}
            onClick={steps.undo}
          />
          <IconButton
            size="small"
            label="Redo"
            keys="Shift Ctrl Z"
            icon={<IconArrowForwardUp {...icon} />}
            disabled={!steps.canRedo}
            onClick={steps.redo}
          />
        </div>
      )}
      <div className="parts">
        {parts.map((part, at) => {
          const begins = part.beside && parts[at - 1]?.column !== part.column
          return (
            // The place in the mail is what a piece is known by: its words change under the hands.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <div key={at} className={part.beside ? 'part-slot beside' : 'part-slot'}>
              {begins && <p className="small faint part-column">A column beside others</p>}
              <PartForm
                part={part}
                number={parts.slice(0, at + 1).filter((it) => it.kind === part.kind).length}
                readOnly={readOnly}
                chosen={chosen === at}
                words={(it, words) => steps.change(withWords(body, it, words), `words ${at}`)}
                line={(it, attribute, text) => steps.change(withLine(body, it, attribute, text), `${attribute} ${at}`)}
                up={change(part, -1)}
                down={change(part, 1)}
                remove={(it) => {
                  steps.change(without(body, it), '')
                  setChosen(null)
                }}
                choose={() => setChosen(at)}
                toSource={(it) => onSource(lineAt(body, it.from))}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
