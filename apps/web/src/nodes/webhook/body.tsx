import type { ConfigOf } from '@baton/engine'
import { MultiSelect, TagsInput, Textarea } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { PlaceholderMenu } from '../placeholder-menu.tsx'
import { type FormProps, wrongAt } from '../screen.ts'
import { useCarried } from '../use-carried.ts'

type Config = ConfigOf<'webhook'>

const TEMPLATE = '{\n  "email": "{{contact.email}}"\n}'

/** What goes out: chosen values, or a JSON text of the author's. */
export function Body({ config, catalog, readOnly, issues, onChange }: FormProps<Config>) {
  const carried = useCarried()
  const { body } = config
  const set = (next: Config['body']) => onChange({ ...config, body: next })
  return (
    <div className="field">
      <span className="label">What goes out</span>
      <Segmented
        label="What goes out"
        size="small"
        value={body.kind}
        onChange={(kind) => {
          if (kind === body.kind) return
          set(kind === 'template' ? { kind, json: TEMPLATE } : { kind, fields: ['email'], scores: [], carried: [] })
        }}
        options={[
          { value: 'chosen', label: 'Chosen values', disabled: readOnly },
          { value: 'template', label: 'My own JSON', disabled: readOnly },
        ]}
      />
      {body.kind === 'chosen' ? (
        <div className="stack">
          <MultiSelect
            label="Fields"
            placeholder={body.fields.length === 0 ? 'Choose fields' : ''}
            searchable
            disabled={readOnly}
            data={catalog.fields.map(({ key, label }) => ({ value: key, label }))}
            value={body.fields}
            onChange={(fields) => set({ ...body, fields })}
            error={issues.find((it) => it.code === 'missing-field')?.say}
          />
          <MultiSelect
            label="Scores"
            placeholder={body.scores.length === 0 ? 'None' : ''}
            disabled={readOnly}
            data={catalog.dimensions.map(({ id, name }) => ({ value: id, label: name }))}
            value={body.scores}
            onChange={(scores) => set({ ...body, scores })}
          />
          {(carried.length > 0 || body.carried.length > 0) && (
            <TagsInput
              label="Kept on the way"
              placeholder={body.carried.length === 0 ? 'None' : ''}
              disabled={readOnly}
              data={carried}
              value={body.carried}
              onChange={(keys) => set({ ...body, carried: keys.map((it) => it.slice(0, 64)) })}
            />
          )}
        </div>
      ) : (
        <>
          <Textarea
            aria-label="JSON to send"
            autosize
            minRows={4}
            maxRows={16}
            maxLength={20_000}
            spellCheck={false}
            classNames={{ input: 'code' }}
            disabled={readOnly}
            value={body.json}
            onChange={(event) => set({ kind: 'template', json: event.currentTarget.value })}
            error={wrongAt(issues, 'body.json')}
          />
          {!readOnly && <PlaceholderMenu catalog={catalog} onPick={(it) => set({ kind: 'template', json: inserted(body.json, it) })} />}
        </>
      )}
    </div>
  )
}

/** The text with one more value: a line of its own before the last brace, so that it stays JSON where it was. */
function inserted(json: string, placeholder: string): string {
  const name = placeholder.replace(/^\{\{\w+\.|\}\}$/g, '')
  const end = json.lastIndexOf('}')
  if (end === -1) return `{\n  "${name}": "${placeholder}"\n}`
  const before = json.slice(0, end).trimEnd()
  return `${before}${before.endsWith('{') ? '' : ','}\n  "${name}": "${placeholder}"\n${json.slice(end)}`
}
