/** Does a task for each of a list, so many at the same time. The first error ends it when those under way are over. */
export async function inParallel<T>(list: readonly T[], width: number, task: (one: T) => Promise<void>): Promise<void> {
  let next = 0
  const errors: unknown[] = []
  const worker = async () => {
    while (next < list.length && errors.length === 0) {
      const one = list[next++]
      if (one === undefined) return
      await task(one).catch((error: unknown) => errors.push(error))
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, worker))
  if (errors.length > 0) throw errors[0]
}
