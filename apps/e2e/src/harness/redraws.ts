import type { Page } from 'playwright-core'

/** What React has drawn anew since the last look, each as often as it was. */
export interface Redraws {
  /** Steps by their id. */
  cards: string[]
  /** Ways as `source>target`. */
  ways: string[]
  /** The canvas as a whole. */
  canvases: number
}

/**
 * Listens as React's own tools do: after each commit only what did work carries the flag for it, and whole branches that were passed over keep
 * their child. Parts are told apart by what they are given, as names are lost in a build.
 */
const LISTEN = `(() => {
  const WORK = 1
  const FUNCTION = 0
  const SIMPLE_MEMO = 15
  const seen = { cards: [], ways: [], canvases: 0 }
  window.redraws = () => {
    const now = { cards: seen.cards, ways: seen.ways, canvases: seen.canvases }
    seen.cards = []
    seen.ways = []
    seen.canvases = 0
    return now
  }
  const note = (fiber) => {
    if (fiber.tag !== FUNCTION && fiber.tag !== SIMPLE_MEMO) return
    const props = fiber.memoizedProps ?? {}
    if (props.data?.node && 'positionAbsoluteX' in props) seen.cards.push(props.id)
    else if (props.data?.line && 'sourceX' in props) seen.ways.push(props.source + '>' + props.target)
    else if ('onEdit' in props && 'place' in props) seen.canvases++
  }
  const fresh = (fiber) => {
    note(fiber)
    for (let child = fiber.child; child; child = child.sibling) fresh(child)
  }
  const visit = (next, before) => {
    if ((next.flags & WORK) === WORK) note(next)
    if (next.child === before.child) return
    for (let child = next.child; child; child = child.sibling) {
      if (child.alternate) visit(child, child.alternate)
      else fresh(child)
    }
  }
  window.__REACT_DEVTOOLS_GLOBAL_HOOK__ = {
    supportsFiber: true,
    isDisabled: false,
    renderers: new Map(),
    inject: () => 1,
    checkDCE() {},
    onScheduleFiberRoot() {},
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
    onCommitFiberRoot(_, { current }) {
      if (current.alternate) visit(current, current.alternate)
    },
  }
})()`

/** From the next page that is loaded on. */
export const countRedraws = (page: Page): Promise<unknown> => page.addInitScript(LISTEN)

/** What was drawn anew since the last call, once the page has come to rest. */
export async function redrawn(page: Page): Promise<Redraws> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))')
  return page.evaluate('window.redraws()')
}
