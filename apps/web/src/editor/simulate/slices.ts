/** So long it works without listening, in ms: a cancel is heard within that time. */
const SLICE = 60

/**
 * Works through something long for a while, says how far it is, and listens before it goes on.
 * @returns how to stop it
 */
export function inSlices<R>(
  steps: Generator<{ done: number }, R>,
  told: { progress(done: number): void; done(result: R): void; failed(why: string): void },
): () => void {
  let stopped = false
  const goOn = () => {
    if (stopped) return
    const until = performance.now() + SLICE
    try {
      for (let step = steps.next(); ; step = steps.next()) {
        if (step.done) return told.done(step.value)
        if (performance.now() < until) continue
        told.progress(step.value.done)
        setTimeout(goOn)
        return
      }
    } catch (error) {
      told.failed(error instanceof Error ? error.message : String(error))
    }
  }
  goOn()
  return () => {
    stopped = true
  }
}
