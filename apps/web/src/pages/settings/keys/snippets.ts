/** The ways to send an event, each whole, with the real address of this server. `KEY` stands for a write key. */
export type Way = 'curl' | 'segment' | 'rudderstack' | 'browser' | 'analytics'

export function snippet(way: Way, base: string): string {
  switch (way) {
    case 'curl':
      return `curl -u KEY: ${base}/v1/track \\
  -H 'content-type: application/json' \\
  -d '{
    "messageId": "demo-1",
    "userId": "nora@example.com",
    "event": "Demo requested",
    "properties": { "from": "pricing" },
    "context": { "traits": { "email": "nora@example.com" } }
  }'`
    case 'segment':
      return `// npm install @segment/analytics-node
import { Analytics } from '@segment/analytics-node'

const analytics = new Analytics({ writeKey: 'KEY', host: '${base}' })

analytics.identify({
  userId: 'nora@example.com',
  traits: { email: 'nora@example.com', firstName: 'Nora', company: 'Nordlicht' },
})
analytics.track({
  userId: 'nora@example.com',
  event: 'Demo requested',
  properties: { from: 'pricing' },
})
await analytics.closeAndFlush()`
    case 'rudderstack':
      return `// npm install @rudderstack/rudder-sdk-node
import Analytics from '@rudderstack/rudder-sdk-node'

const analytics = new Analytics('KEY', { dataPlaneUrl: '${base}' })

analytics.identify({
  userId: 'nora@example.com',
  traits: { email: 'nora@example.com', firstName: 'Nora' },
})
analytics.track({
  userId: 'nora@example.com',
  event: 'Demo requested',
  properties: { from: 'pricing' },
})
await analytics.flush()`
    case 'browser':
      return `${siteLine(base, 'KEY')}

<script>
  // Anywhere on the page, also before the line above was loaded.
  window.baton = window.baton || []
  baton.push(['track', 'Demo requested', { from: 'pricing' }])
  baton.push(['identify', { company: 'Nordlicht' }])
</script>`
    case 'analytics':
      return `// npm install @segment/analytics-next
import { AnalyticsBrowser } from '@segment/analytics-next'

const segment = { apiKey: 'KEY', apiHost: '${base.replace(/^https?:\/\//, '')}/v1', protocol: '${base.split(':')[0]}' }
const analytics = AnalyticsBrowser.load({ writeKey: 'KEY', cdnSettings: { integrations: { 'Segment.io': segment } } })

analytics.page()
analytics.track('Demo requested', { from: 'pricing' })`
  }
}

/** The line that a site puts into its pages, with a browser's key. `ask`: nothing is kept or sent before somebody agreed. */
export const siteLine = (base: string, key: string, ask = false): string =>
  `<script async src="${base}/t.js" data-key="${key}"${ask ? ' data-consent="ask"' : ''}></script>`
