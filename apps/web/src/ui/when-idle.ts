/** Calls back once the browser has nothing better to do. @returns how to call it off */
export function whenIdle(what: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const wish = requestIdleCallback(what)
    return () => cancelIdleCallback(wish)
  }
  const timer = setTimeout(what, 500)
  return () => clearTimeout(timer)
}
