import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../../shell/api.ts'
import { CopyButton } from '../../../ui/copy-text.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { SettingsHead } from '../settings-head.tsx'
import { snippet, type Way } from './snippets.ts'

/** How a site or server tells Baton what people do. */
export function SendEvents() {
  const { data } = useSuspenseQuery(api.system.info.queryOptions())
  const [way, setWay] = useState<Way>('curl')
  const text = snippet(way, data.baseUrl)
  return (
    <>
      <SettingsHead title="Send events">
        Baton speaks the tracking API of Segment: its clients, and those of RudderStack, work as they are. Put a{' '}
        <Link to="/settings/keys">write key</Link> where it says KEY.
      </SettingsHead>
      <div style={{ marginBottom: 12 }}>
        <Segmented
          label="Client"
          value={way}
          onChange={setWay}
          options={[
            { value: 'curl', label: 'curl' },
            { value: 'segment', label: 'Segment for Node' },
            { value: 'rudderstack', label: 'RudderStack for Node' },
            { value: 'browser', label: 'A web page' },
            { value: 'analytics', label: 'Segment for browsers' },
          ]}
        />
      </div>
      <figure className="snippet">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reached by keyboard */}
        <pre tabIndex={0}>
          <code>{text}</code>
        </pre>
        <CopyButton text={text} size="small" />
      </figure>
      <h3 className="part">What Baton promises</h3>
      <ul className="promises">
        <li>
          <b>200</b> comes only after the event is written to disk. On anything else, send it again.
        </li>
        <li>
          The same <code>messageId</code> counts once, for 30 days. The clients above set it and repeat by themselves.
        </li>
        <li>
          <code>email</code> among the traits, or a <code>userId</code> that is an address, finds the contact or makes one.
        </li>
        <li>
          One event is at most 32 KB, one batch 500 KB. Names that begin with <code>baton.</code>, <code>mail.</code>, <code>sales.</code>,{' '}
          <code>form.</code> or <code>consent.</code> are Baton's own and refused.
        </li>
      </ul>
    </>
  )
}
