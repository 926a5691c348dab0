import { outageOf } from '@baton/db'

/**
 * Gives back what a process holds when it stops, so that another goes on at once. A line may have died without a word: the second try
 * goes by another one. Without a database nobody can be told; what is held runs out by itself.
 * @param what is held, as the log calls it
 * @throws whatever is not the database being away
 */
export async function letGo(what: string, log: { warn(about: object, words: string): void }, give: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await give()
      return
    } catch (error) {
      if (outageOf(error) === undefined) throw error
      if (tries === 1) continue
      log.warn({ err: error }, `${what} could not be given back; they run out by themselves`)
      return
    }
  }
}
