/** What is made at the first use and kept for the rounds that follow. */
export interface Once<T> {
  (): Promise<T>
  /** Takes it away, if it was ever made. */
  close(): Promise<void>
}

export function once<T>(make: () => Promise<T>, unmake: (made: T) => Promise<void>): Once<T> {
  let made: Promise<T> | undefined
  const get = () => {
    made ??= make()
    return made
  }
  return Object.assign(get, {
    async close() {
      const kept = made
      made = undefined
      if (kept) await unmake(await kept)
    },
  })
}
