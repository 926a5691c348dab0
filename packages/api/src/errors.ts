import { OUTAGE_SAYS, outageOf } from '@baton/db'
import { TRPCError } from '@trpc/server'
import type { DefaultErrorShape } from '@trpc/server/unstable-core-do-not-import'
import { z } from 'zod'

/** One input at fault: where it is in what was sent (`steps.0.name`), and what to do about it. */
export interface Problem {
  path: string
  message: string
}

/** What reaches the browser of an error. `code` is tRPC's closed list; there is no stack, and never a message of a bug. */
export interface ErrorShape extends Omit<DefaultErrorShape, 'data'> {
  data: { code: TRPCError['code']; httpStatus: number; path: string | null; problems: readonly Problem[] }
}

const problemOf = (issue: z.core.$ZodIssue): Problem => ({ path: issue.path.map(String).join('.'), message: issue.message })

/** What parsing found at fault, in the order of the input; empty for any other error. */
export function problemsOf(cause: unknown): readonly Problem[] {
  return cause instanceof z.core.$ZodError ? cause.issues.map(problemOf) : []
}

const sentence = ({ path, message }: Problem) => (path === '' ? message : `${path}: ${message}`)

/**
 * tRPC's error formatter. Input at fault is listed input by input; where the database is out of order, it says so; what nobody foresaw
 * says only that it is in the log, since its message may hold anything.
 */
export function formatError(opts: { shape: DefaultErrorShape; error: TRPCError; path: string | undefined }): ErrorShape {
  const { shape, error, path } = opts
  const problems = problemsOf(error.cause)
  const outage = error.code === 'INTERNAL_SERVER_ERROR' ? outageOf(error.cause) : undefined
  if (outage) {
    const data = { code: 'SERVICE_UNAVAILABLE', httpStatus: 503, path: path ?? null, problems } as const
    return { code: shape.code, message: OUTAGE_SAYS[outage], data }
  }
  const message =
    error.code === 'INTERNAL_SERVER_ERROR'
      ? 'Something went wrong on the server. Nothing was changed. The details are in its log.'
      : problems.length > 0
        ? problems.map(sentence).join(' ')
        : error.message
  return {
    code: shape.code,
    message,
    data: { code: error.code, httpStatus: shape.data.httpStatus, path: path ?? null, problems },
  }
}

/** An error that a person reads: the message says what is wrong and what to do. */
export function fail(code: Exclude<TRPCError['code'], 'INTERNAL_SERVER_ERROR'>, message: string, cause?: unknown): TRPCError {
  return new TRPCError({ code, message, cause })
}
