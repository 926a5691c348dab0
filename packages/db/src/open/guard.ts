import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Notices code that asks the handle while its own transaction is open: on the embedded database that waits for ever, on a pool it
 * takes a second connection and may starve. Both throw at once instead.
 */
export function transactionGuard() {
  const inside = new AsyncLocalStorage<{ open: boolean }>()
  return {
    check(): void {
      if (inside.getStore()?.open) throw new Error('A transaction is open here: use the tx it was given, not the handle.')
    },
    async run<T>(work: () => Promise<T>): Promise<T> {
      const mark = { open: true }
      try {
        return await inside.run(mark, work)
      } finally {
        mark.open = false
      }
    },
  }
}
