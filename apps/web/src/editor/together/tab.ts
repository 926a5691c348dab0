import type { Inputs } from '../../shell/api.ts'

const PLACE = 'baton.tab'

function before(): string | undefined {
  try {
    const found = sessionStorage.getItem(PLACE) ?? undefined
    // Only while no page has it: a second window made from this one must not pass for it.
    sessionStorage.removeItem(PLACE)
    return found
  } catch {
    return undefined
  }
}

/** This page among all that may have a flow open. `instead`: what it was before it was loaded anew. */
export const thisTab = { tab: crypto.randomUUID(), instead: before() }

/** Leaves a note for the page that is loaded in this one's place. */
export function passOn() {
  try {
    sessionStorage.setItem(PLACE, thisTab.tab)
  } catch {
    // Then the page that comes asks for its place anew.
  }
}

/** Gives the place back while the page closes: nothing else is sent any more then. */
export function farewell(flowId: string) {
  const input: Inputs['editing']['leave'] = { flowId, tab: thisTab.tab, rev: null }
  const headers = { 'content-type': 'application/json' }
  void fetch('/api/trpc/editing.leave', { method: 'POST', headers, body: JSON.stringify(input), keepalive: true }).catch(() => {})
}
