import { IconExternalLink } from '@tabler/icons-react'
import { Callout } from '../../ui/callout.tsx'
import { CopyButton, CopyText } from '../../ui/copy-text.tsx'
import { TagsInput } from '../../ui/fields.tsx'
import { type Content, embedSnippet, type Form } from './content.ts'

type Props = {
  content: Content
  form: Form | undefined
  readOnly: boolean
  wrong: Readonly<Record<string, string>>
  onChange: (change: Partial<Content>) => void
}

/** The form's own page, and the line that puts it into a page of a site. */
export function Share({ content, form, readOnly, wrong, onChange }: Props) {
  if (!form) return <p className="muted form-share">Make the form first; then its link and the line for your site stand here.</p>
  const wrongOrigin = Object.entries(wrong).find(([path]) => path.startsWith('origins'))?.[1]
  const snippet = embedSnippet(form.address)
  const saved = JSON.stringify(content.origins) === JSON.stringify(form.origins)
  return (
    <div className="form-share">
      <section>
        <h3>A page of its own</h3>
        <CopyText label="Link" text={form.address} hint="For mails, posts and printed codes. It works without a script, on any device." />
        <p className="small side-link">
          <a href={form.address} target="_blank" rel="noreferrer">
            Open it <IconExternalLink size={12} stroke={1.75} aria-hidden="true" />
          </a>
        </p>
      </section>
      <section>
        <h3>In your own site</h3>
        <TagsInput
          label="Sites it may stand on"
          description="The address without a path. On other sites it is shown, but cannot be sent."
          placeholder={content.origins.length === 0 ? 'https://www.example.com, then Enter' : undefined}
          value={content.origins}
          onChange={(origins) => onChange({ origins })}
          error={wrongOrigin}
          disabled={readOnly}
          acceptValueOnBlur
          inputWrapperOrder={['label', 'input', 'error', 'description']}
        />
        {!saved && <Callout tone="warn" title="Save the form, so that these sites count." />}
        <div className="field">
          <span className="label">Put this line where the form shall stand</span>
          <figure className="snippet">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by keyboard */}
            <pre tabIndex={0}>
              <code>{snippet}</code>
            </pre>
            <CopyButton text={snippet} size="small" />
          </figure>
          <p className="hint">
            It takes the font and colour of your page. The colour of the button: --baton-accent and --baton-accent-text in your style.
          </p>
        </div>
      </section>
      <section>
        <h3>Used by</h3>
        <p className="muted">{form.uses.length === 0 ? 'No flow begins with it yet.' : form.uses.map((it) => it.name).join(', ')}</p>
      </section>
    </div>
  )
}
