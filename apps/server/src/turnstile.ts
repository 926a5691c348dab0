/** One task at a time, in the order of asking. */
export interface Turnstile {
  alone<T>(task: () => Promise<T>): Promise<T>
  /**
   * Waits for its turn, does `first`, and lets nobody through until the returned function is called.
   * @throws what `first` throws; the turnstile is free then
   */
  hold(first?: () => Promise<void>): Promise<() => void>
}

export function createTurnstile(): Turnstile {
  let line: Promise<unknown> = Promise.resolve()
  const alone = <T>(task: () => Promise<T>): Promise<T> => {
    const next = line.then(task, task)
    line = next.catch(() => {})
    return next
  }
  return {
    alone,
    hold: (first = async () => {}) =>
      new Promise((resolve, reject) => {
        const held = async () => {
          await first()
          await new Promise<void>((free) => resolve(free))
        }
        alone(held).catch(reject)
      }),
  }
}
