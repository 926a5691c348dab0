import { lazy, Suspense, useMemo, useRef, useState } from 'react'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { BlockMenu, VariableMenu } from './insert-menu.tsx'
import { ProblemList } from './problem-list.tsx'
import type { SourceHandle } from './source-editor.tsx'
import type { Problem, Text } from './use-draft.ts'

const SourceEditor = lazy(() => import('./source-editor.tsx'))

type Part = 'body' | 'text'
type Props = { text: Text; readOnly: boolean; problems: readonly Problem[]; onChange: (part: Partial<Text>) => void }

/** The body as MJML, and the text part, each with its mistakes marked. */
export function SourcePane({ text, readOnly, problems, onChange }: Props) {
  const [part, setPart] = useState<Part>('body')
  const source = useRef<SourceHandle>(null)
  const lines = useMemo(() => problems.flatMap(({ where, line }) => (where === part && line !== undefined ? [line] : [])), [problems, part])
  const go = ({ where, line }: Problem) => {
    if (where !== 'body' && where !== 'text') return
    setPart(where)
    if (line !== undefined) requestAnimationFrame(() => source.current?.goTo(line))
  }
  return (
    <div className="source-pane">
      <div className="source-bar">
        <Tabs
          label="Part of the mail"
          value={part}
          onChange={setPart}
          tabs={[
            { value: 'body', label: 'Body (MJML)' },
            { value: 'text', label: 'Text part' },
          ]}
        />
        {!readOnly && (
          <div className="row">
            <VariableMenu onPick={(field) => source.current?.put(field)} />
            {part === 'body' && <BlockMenu onPick={(block) => source.current?.putBlock(block)} />}
          </div>
        )}
      </div>
      {part === 'text' && <p className="small muted text-help">For mailboxes that show no pictures. Empty: made from the body.</p>}
      <div className="source-stage">
        <Suspense fallback={<SkeletonText lines={12} />}>
          <SourceEditor
            key={part}
            ref={source}
            label={part === 'body' ? 'Body' : 'Text part'}
            value={text[part]}
            onChange={(value) => onChange(part === 'body' ? { body: value } : { text: value })}
            readOnly={readOnly}
            wrongLines={lines}
          />
        </Suspense>
      </div>
      <ProblemList problems={problems} onGo={go} />
    </div>
  )
}
