import { CallError } from './call.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const dataOf = (error: unknown): Record<string, unknown> => (error instanceof CallError && isObject(error.data) ? error.data : {})

/** The HTTP status of a refused call; undefined when no answer came. */
export function statusOf(error: unknown): number | undefined {
  const status = dataOf(error).httpStatus
  return typeof status === 'number' ? status : undefined
}

/** An answer that trying again will not change: refused, not found, not valid. */
export function isFinal(error: unknown): boolean {
  const status = statusOf(error)
  return status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
}

/** What went wrong, for the reader: the server's own words, or that it did not answer. */
export function problemWords(error: unknown): string {
  if (error instanceof CallError && statusOf(error) === undefined)
    return 'The server did not answer. Nothing was changed. Try again in a moment.'
  return error instanceof Error ? error.message : String(error)
}

/** The inputs at fault, by their path in what was sent: `{ email: 'That is not an e-mail address. …' }`. Empty for other errors. */
export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  const problems = dataOf(error).problems
  if (!Array.isArray(problems)) return {}
  return Object.fromEntries(
    problems.flatMap((problem: unknown) =>
      isObject(problem) && typeof problem.path === 'string' && typeof problem.message === 'string' ? [[problem.path, problem.message]] : [],
    ),
  )
}
