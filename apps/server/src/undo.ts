/** Steps to undo in the opposite order of how they were done: each once, all of them even when one fails. */
export interface Undo {
  add(step: () => Promise<unknown>): void
  /** @throws AggregateError with what failed, after everything was tried */
  run(): Promise<void>
}

export function undoing(): Undo {
  const steps: (() => Promise<unknown>)[] = []
  let done: Promise<void> | undefined
  const all = async () => {
    const failures: unknown[] = []
    for (const step of steps.reverse()) await step().catch((error: unknown) => failures.push(error))
    const said = failures.map((it) => (it instanceof Error ? it.message : String(it)))
    if (failures.length > 0) throw new AggregateError(failures, `Not everything could be closed: ${said.join('; ')}`)
  }
  return {
    add: (step) => void steps.push(step),
    run() {
      done ??= all()
      return done
    },
  }
}
