import { type TidyInput, tidy } from './tidy.ts'

// Laying out a thousand steps takes seconds: not where the page is drawn.
self.onmessage = (event: MessageEvent<TidyInput>) => self.postMessage(tidy(event.data))
