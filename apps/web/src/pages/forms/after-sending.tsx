import { Switch, Textarea, TextInput } from '../../ui/fields.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { type Content, FRESH } from './content.ts'

type Props = {
  content: Content
  readOnly: boolean
  wrong: Readonly<Record<string, string>>
  onChange: (change: Partial<Content>) => void
}

/** The button, what is shown behind it, and how much an answer counts. */
export function AfterSending({ content, readOnly, wrong, onChange }: Props) {
  const { thanks, topics, confirm, mayUpdate, button } = content
  return (
    <section aria-labelledby="sent" className="form-part">
      <h2 id="sent">When it is sent</h2>
      <TextInput
        label="Words on the button"
        placeholder="Send"
        value={button}
        maxLength={60}
        disabled={readOnly}
        error={wrong.button}
        onChange={(event) => onChange({ button: event.currentTarget.value })}
      />
      <div className="stack">
        <Segmented
          label="Then"
          value={thanks.kind}
          onChange={(kind) => onChange({ thanks: kind === 'redirect' ? { kind, url: '' } : FRESH.thanks })}
          options={[
            { value: 'text', label: 'Show a text', disabled: readOnly },
            { value: 'redirect', label: 'Go to a page', disabled: readOnly },
          ]}
        />
        {thanks.kind === 'text' ? (
          <Textarea
            label="Text"
            autosize
            minRows={2}
            maxRows={6}
            value={thanks.text}
            maxLength={2000}
            disabled={readOnly}
            error={wrong['thanks.text']}
            onChange={(event) => onChange({ thanks: { kind: 'text', text: event.currentTarget.value } })}
          />
        ) : (
          <TextInput
            label="Address of the page"
            placeholder="https://www.example.com/thanks"
            value={thanks.url}
            disabled={readOnly}
            error={wrong['thanks.url']}
            onChange={(event) => onChange({ thanks: { kind: 'redirect', url: event.currentTarget.value } })}
          />
        )}
      </div>
      <Switch
        label="Ask by mail before a tick counts"
        description="Double opt-in: they get a mail with a link, and agree by pressing a button behind it. So nobody can sign up somebody else."
        checked={confirm}
        disabled={readOnly || topics.length === 0}
        onChange={(event) => onChange({ confirm: event.currentTarget.checked })}
      />
      <Switch
        label="Let an answer replace what is known"
        description="Anybody can write anybody’s address into a form. Off, only what is still empty is filled."
        checked={mayUpdate}
        disabled={readOnly}
        onChange={(event) => onChange({ mayUpdate: event.currentTarget.checked })}
      />
    </section>
  )
}
