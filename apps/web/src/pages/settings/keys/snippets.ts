/** The ways to send an event, each whole, with the real address of this server. `KEY` stands for a write key. */
export type Way = 'curl' | 'segment' | 'rudderstack' | 'browser'

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
      return `// A browser key; the visitor stays unknown until a form names an address.
const visitor = (localStorage.visitor ??= crypto.randomUUID())

fetch('${base}/v1/page', {
  method: 'POST',
  keepalive: true,
  headers: { 'content-type': 'application/json', authorization: 'Basic ' + btoa('KEY:') },
  body: JSON.stringify({
    messageId: crypto.randomUUID(),
    anonymousId: visitor,
    name: document.title,
    properties: { path: location.pathname },
  }),
})`
  }
}
