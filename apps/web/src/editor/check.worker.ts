import type { Catalog } from '@baton/engine'
import { findingOf, type Question } from './check.ts'

let known: Catalog | null = null

// A thousand steps with all that is known on every way take longer than a picture: not where the page is drawn.
self.onmessage = (event: MessageEvent<Question>) => {
  known = event.data.catalog ?? known
  if (known) self.postMessage(findingOf(event.data, known))
}
