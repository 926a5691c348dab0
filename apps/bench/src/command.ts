import { parseArgs } from 'node:util'
import { type Figure, table } from './figures.ts'
import type { How } from './findings.ts'

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
  /** A bug to put in, to see that the soak finds it. */
  inject: string | undefined
  /** So many processes play a share of the rounds each, side by side. */
  beside: number
}

const whole = (flag: string, text: string) => {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${flag} takes a whole number, not "${text}"`)
  return Number(text)
}

/** What is written on the line of a command; a flag that does not exist is answered with `usage`. */
function parse<T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(usage: string, argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, options })
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}

/**
 * Reads `NAME [--json] [--rounds N] [--seed S] [--beside P] [--inject BUG]`.
 * @param known the names there are, for the message about an unknown one
 * @throws UsageError
 */
export function readSoak(known: readonly string[], argv: readonly string[]): Call {
  const usage = `npm run soak -- NAME [--json] [--rounds N] [--seed S] [--beside P] [--inject BUG]; names: ${known.join(', ')}`
  const { values, positionals } = parse(usage, argv, {
    json: { type: 'boolean' },
    rounds: { type: 'string' },
    seed: { type: 'string' },
    beside: { type: 'string' },
    inject: { type: 'string' },
  })
  const [name, more] = positionals
  if (name === undefined || more !== undefined) throw new UsageError(usage)
  if (!known.includes(name)) throw new UsageError(`There is no "${name}". ${usage}`)
  const { json = false, rounds = '1', seed = '1', beside = '1', inject } = values
  return { name, json, rounds: whole('rounds', rounds), seed: whole('seed', seed), beside: whole('beside', beside), inject }
}

export interface BenchCall extends How {
  names: string[]
  json: boolean
  /** Whether docs/performance.md is brought up to date. */
  write: boolean
}

/**
 * Reads `NAME… [--json] [--write] [--quick] [--people N,…]`.
 * @param known the names there are, for the message about an unknown one
 * @throws UsageError
 */
export function readBench(known: readonly string[], argv: readonly string[]): BenchCall {
  const usage = `npm run bench -- NAME… [--json] [--write] [--quick] [--people N,…]; names: ${known.join(', ')}`
  const { values, positionals } = parse(usage, argv, {
    json: { type: 'boolean' },
    write: { type: 'boolean' },
    quick: { type: 'boolean' },
    people: { type: 'string' },
  })
  if (positionals.length === 0) throw new UsageError(usage)
  for (const name of positionals) if (!known.includes(name)) throw new UsageError(`There is no "${name}". ${usage}`)
  const { json = false, write = false, quick = false } = values
  if (write && quick) throw new UsageError('--quick measures nothing: its figures are not written down')
  const people = values.people
    ?.split(',')
    .map((text) => whole('people', text))
    .sort((a, b) => a - b)
  return { names: [...new Set(positionals)], json, write, quick, people }
}

/** Prints the figures; with `json` one line of standard output is an object that holds them, and all else goes to standard error. Returns the exit code. */
export function report(
  kind: 'bench' | 'soak',
  { name, json }: { name: string; json: boolean },
  figures: readonly Figure[],
  extra: object = {},
): number {
  const out = json ? console.error : console.log
  out(table(figures))
  if (json) console.log(JSON.stringify({ [kind]: name, figures, ...extra }))
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
