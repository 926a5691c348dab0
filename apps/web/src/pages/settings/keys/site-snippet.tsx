import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { CopyButton } from '../../../ui/copy-text.tsx'
import { Switch } from '../../../ui/fields.tsx'
import { siteLine } from './snippets.ts'

/** The line by which the pages of a site tell what their visitors look at, with this browser's key. */
export function SiteSnippet({ publicKey }: { publicKey: string }) {
  const { data } = useQuery(api.system.info.queryOptions())
  const [ask, setAsk] = useState(false)
  if (!data) return null
  const line = siteLine(data.baseUrl, publicKey, ask)
  return (
    <div className="stack">
      <p>Put this line into the head of every page. From then on visits are seen, and flows can wait for them.</p>
      <figure className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by keyboard */}
        <pre tabIndex={0}>
          <code>{line}</code>
        </pre>
        <CopyButton text={line} size="small" />
      </figure>
      <Switch
        label="Ask the visitor first"
        description="Nothing is kept in the browser or sent before your page calls baton.push(['consent', true]). Without this, visitors are seen unless their browser says that they do not want it."
        checked={ask}
        onChange={(event) => setAsk(event.currentTarget.checked)}
      />
      <p className="small muted">
        A visitor stays a random number until a form, or your server, names an address. More that a page can say: Settings, Send events.
      </p>
    </div>
  )
}
