import { type Liquid, type Template, UndefinedVariableError } from 'liquidjs'
import type { TemplatePart } from './source.ts'

/** Liquid gave up on this contact's data: a limit, or a filter that cannot take the value. */
export class RenderFailure extends Error {
  readonly where: TemplatePart
  /** A limit: no data of anybody makes it less. */
  readonly tooMuch: boolean
  constructor(where: TemplatePart, message: string, tooMuch: boolean) {
    super(message)
    this.where = where
    this.tooMuch = tooMuch
  }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Without null and empty texts: to an author a field that holds nothing is a field that is missing. */
function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty)
  if (!isPlain(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined && one !== '')
      .map(([key, one]) => [key, withoutEmpty(one)]),
  )
}

const nameIn = (error: Error): string => error.message.match(/^undefined variable: ([^,]+)/)?.[1] ?? error.message

/** Liquid collects its errors in one; here each on its own. */
const eachError = (error: unknown): unknown[] =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : [error]

/**
 * Renders one part. First strictly, which for most contacts is all; only if a variable is missing once more
 * leniently, so that it comes out empty.
 * @returns the text, and the variables that were missing where they were to be shown (not in conditions, not with `default`)
 * @throws RenderFailure
 */
export function renderLiquid(
  liquid: Liquid,
  templates: Template[],
  scope: Record<string, unknown>,
  where: TemplatePart,
): { text: string; empty: string[] } {
  const facts = Object.fromEntries(Object.entries(scope).map(([key, value]) => [key, withoutEmpty(value)]))
  // A missing link or clock is empty by intent.
  const known = { unsubscribe_url: '', preferences_url: '', footer: '', ...facts }
  const empty = new Set<string>()
  try {
    return { text: String(liquid.renderSync(templates, known, { strictVariables: true })), empty: [] }
  } catch (error) {
    for (const one of eachError(error)) {
      if (one instanceof UndefinedVariableError) empty.add(nameIn(one))
      else throw failure(one, where)
    }
  }
  try {
    return { text: String(liquid.renderSync(templates, known, { strictVariables: false })), empty: [...empty] }
  } catch (error) {
    throw failure(error, where)
  }
}

function failure(error: unknown, where: TemplatePart): RenderFailure {
  const why = error instanceof Error ? error.message.replace(/, (file:.*?, )?line:\d+, col:\d+$/s, '') : String(error)
  const tooMuch = /limit exceeded/.test(why)
  const message = tooMuch
    ? `This template does too much work for one mail (${why}). Take out loops or long lists.`
    : `This template cannot be filled in: ${why}.`
  return new RenderFailure(where, message, tooMuch)
}
