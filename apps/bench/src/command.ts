import { parseArgs } from 'node:util'
import { type Figure, table } from './figures.ts'

/** A mistake in how a command was called; its message is all that is printed. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export interface Call {
  name: string
  json: boolean
  rounds: number
  /** The seed of the first round; the next rounds count on from it. */
  seed: number
}

const whole = (flag: string, text: string) => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${flag} takes a whole number, not "${text}"`)
  return Number(text)
}

/**
 * Reads `NAME [--json] [--rounds N] [--seed S]`.
 * @param known the names there are, for the message about an unknown one
 * @throws UsageError
 */
export function readCall(what: string, known: readonly string[], argv: readonly string[]): Call {
  const usage = `npm run ${what} -- NAME [--json]${what === 'soak' ? ' [--rounds N] [--seed S]' : ''}; names: ${known.join(', ')}`
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        args: [...argv],
        allowPositionals: true,
        options: { json: { type: 'boolean' }, rounds: { type: 'string' }, seed: { type: 'string' } },
      })
    } catch (error) {
      throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`)
    }
  })()
  const [name, more] = positionals
  if (name === undefined || more !== undefined) throw new UsageError(usage)
  if (!known.includes(name)) throw new UsageError(`There is no "${name}". ${usage}`)
  return { name, json: values.json ?? false, rounds: whole('rounds', values.rounds ?? '1'), seed: whole('seed', values.seed ?? '1') }
}

/** Prints the figures; with `json` the last line of standard output is one object that holds them. Returns the exit code. */
export function report(kind: 'bench' | 'soak', call: Call, figures: readonly Figure[], extra: object = {}): number {
  const out = call.json ? console.error : console.log
  out(table(figures))
  if (call.json) console.log(JSON.stringify({ [kind]: call.name, figures, ...extra }))
  return figures.some((one) => one.met === false) ? 1 : 0
}

/** Runs a command to its exit code; a wrong call exits with 2 and one sentence. */
export async function main(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    console.error(error.message)
    process.exitCode = 2
  }
}
