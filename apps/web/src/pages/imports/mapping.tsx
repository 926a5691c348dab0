import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, type Inputs } from '../../shell/api.ts'
import { problemWords } from '../../shell/problem.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/callout.tsx'
import { ColumnTable } from './column-table.tsx'
import { ConsentChoice } from './consent-choice.tsx'
import { KeyChoice } from './key-choice.tsx'
import { ListChoice } from './list-choice.tsx'
import { ReadAsBar } from './read-as-bar.tsx'
import { RowsPreview } from './rows-preview.tsx'
import { type Consent, type Field, type Key, type Preview, problemsOf, proposedTargets, settingsOf } from './settings.ts'
import { aboutRows } from './words.ts'

type Props = {
  preview: Preview
  fields: readonly Field[]
  onReadAs: (as: NonNullable<Inputs['imports']['preview']['as']>) => void
  onStarted: () => void
}

/** What the columns mean, what tells people apart, who agreed to mail; then it starts. */
export function Mapping({ preview, fields, onReadAs, onStarted }: Props) {
  const queries = useQueryClient()
  const [targets, setTargets] = useState(() => proposedTargets(preview))
  const [key, setKey] = useState<Key>(preview.proposedKey)
  const [consent, setConsent] = useState<Consent>({ who: 'nobody' })
  const [list, setList] = useState<string | null>(null)
  const start = useMutation(
    api.imports.start.mutationOptions({
      onSuccess: async () => {
        onStarted()
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.fields.pathKey() }),
          queries.invalidateQueries({ queryKey: api.flows.catalog.queryKey() }),
        ])
      },
    }),
  )
  const problems = problemsOf(preview, targets, key, consent, fields)
  return (
    <>
      <section>
        <h2>How the file reads</h2>
        <ReadAsBar preview={preview} onReadAs={onReadAs} />
        <RowsPreview preview={preview} />
      </section>
      <section>
        <h2>Where the columns go</h2>
        <ColumnTable columns={preview.columns} targets={targets} fields={fields} onChange={setTargets} />
      </section>
      <section>
        <h2>What tells people apart</h2>
        <KeyChoice preview={preview} value={key} onChange={setKey} />
      </section>
      <section>
        <h2>May they be sent marketing mail?</h2>
        <ConsentChoice preview={preview} value={consent} onChange={setConsent} />
      </section>
      <section>
        <h2>Put them on a list?</h2>
        <ListChoice value={list} onChange={setList} />
      </section>
      <footer className="import-foot">
        {start.error && <Callout tone="danger" title={problemWords(start.error)} />}
        <div className="row">
          <Button
            look="primary"
            size="big"
            busy={start.isPending}
            disabled={problems.length > 0}
            onClick={() => start.mutate({ id: preview.id, settings: settingsOf(preview, targets, key, consent, list) })}
          >
            Import {preview.estimatedRows > 0 ? aboutRows(preview.estimatedRows) : 'the file'}
          </Button>
          <span className={problems.length > 0 ? 'danger' : 'muted'} aria-live="polite">
            {problems[0] ?? 'The same file again changes nothing.'}
          </span>
        </div>
      </footer>
    </>
  )
}
