import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { SkeletonText } from '../../ui/skeleton.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { DesignPane } from './design/design-pane.tsx'
import { BlockMenu, VariableMenu } from './insert-menu.tsx'
import { ProblemList } from './problem-list.tsx'
import type { SourceHandle } from './source-editor.tsx'
import type { Problem, Text } from './use-draft.ts'

const SourceEditor = lazy(() => import('./source-editor.tsx'))

type Part = 'design' | 'body' | 'text'
type Props = { text: Text; readOnly: boolean; problems: readonly Problem[]; onChange: (part: Partial<Text>) => void }

/** The body as pieces or as MJML, and the text part, each with its mistakes marked. */
export function SourcePane({ text, readOnly, problems, onChange }: Props) {
  const [part, setPart] = useState<Part>('design')
  const source = useRef<SourceHandle>(null)
  // Where to go once the source is there: it loads after its tab is chosen.
  const wanted = useRef<number | null>(null)
  const goOn = useCallback((handle: SourceHandle | null) => {
    source.current = handle
    requestAnimationFrame(() => {
      if (wanted.current === null || source.current === null) return
      source.current.goTo(wanted.current)
      wanted.current = null
    })
  }, [])
  const lines = useMemo(() => problems.flatMap(({ where, line }) => (where === part && line !== undefined ? [line] : [])), [problems, part])
  const go = ({ where, line }: Problem) => {
    if (where !== 'body' && where !== 'text') return
    if (where === part) source.current?.goTo(line ?? 1)
    else {
      wanted.current = line ?? 1
      setPart(where)
    }
  }
  return (
    <div className="source-pane">
      <div className="source-bar">
        <Tabs
          label="Part of the mail"
          value={part}
          onChange={setPart}
          tabs={[
            { value: 'design', label: 'Design' },
            { value: 'body', label: 'Source' },
            { value: 'text', label: 'Text part' },
          ]}
        />
        {!readOnly && part !== 'design' && (
          <div className="row">
            <VariableMenu onPick={(field) => source.current?.put(field)} />
            {part === 'body' && <BlockMenu onPick={(block) => source.current?.putBlock(block)} />}
          </div>
        )}
      </div>
      {part === 'text' && <p className="small muted text-help">For mailboxes that show no pictures. Empty: made from the body.</p>}
      <div className="source-stage">
        {part === 'design' ? (
          <DesignPane
            body={text.body}
            readOnly={readOnly}
            onChange={(body) => onChange({ body })}
            onSource={(line) => go({ where: 'body', line, message: '' })}
          />
        ) : (
          <Suspense fallback={<SkeletonText lines={12} />}>
            <SourceEditor
              key={part}
              ref={goOn}
              label={part === 'body' ? 'Body' : 'Text part'}
              value={text[part]}
              onChange={(value) => onChange(part === 'body' ? { body: value } : { text: value })}
              readOnly={readOnly}
              wrongLines={lines}
            />
          </Suspense>
        )}
      </div>
      <ProblemList problems={problems} onGo={go} />
    </div>
  )
}
