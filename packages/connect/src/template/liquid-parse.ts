import type { Liquid, Template } from 'liquidjs'
import type { TemplatePart, TemplateProblem } from './source.ts'

const ADVICE: [RegExp, (match: RegExpMatchArray) => string][] = [
  [/^tag "(.+?)" not found/, ([, tag]) => `There is no tag {% ${tag} %} here. Remove it or correct its name.`],
  [/^undefined filter: (\S+)/, ([, name]) => `There is no filter “${name}”. Remove it or correct its name.`],
  [/^tag (\{%-?\s*(\w+).*?%\}) not closed/s, ([, tag, name]) => `${tag} is never closed. Add {% end${name} %} after it.`],
  [/^output "(.*?)" not closed/s, ([, output]) => `“${output}” is never closed. End it with }}.`],
  [/^tag "(.*?)" not closed/s, ([, tag]) => `“${tag}” is never closed. End it with %}.`],
  [/length limit exceeded/, () => 'This part is too long. Shorten it.'],
]

/** Liquid's own words for a mistake, as a sentence that says what to do. */
function advice(message: string): string {
  const plain = message.replace(/, (file:.*?, )?line:\d+, col:\d+$/s, '')
  for (const [pattern, say] of ADVICE) {
    const match = plain.match(pattern)
    if (match) return say(match)
  }
  return `Liquid cannot read this: ${plain}. Correct or remove it.`
}

/**
 * Parses one part of a template.
 * @returns the parsed templates, or the first problem with its line in this part
 */
export function parseLiquid(liquid: Liquid, where: TemplatePart, source: string): { ok: Template[] } | { problems: TemplateProblem[] } {
  try {
    return { ok: liquid.parse(source) }
  } catch (error) {
    const whole = error instanceof Error ? error : new Error(String(error))
    const each = 'errors' in whole && Array.isArray(whole.errors) ? whole.errors : [whole]
    return {
      problems: each.map((one: unknown) => {
        const message = one instanceof Error ? one.message : String(one)
        const line = message.match(/line:(\d+), col:\d+$/)?.[1]
        return { where, ...(line ? { line: Number(line) } : {}), message: advice(message) }
      }),
    }
  }
}

/** Paths of the variables that must come from outside, such as `contact.first_name`; sorted, each once. */
export function usedVariables(liquid: Liquid, parsed: Template[]): string[] {
  const paths = liquid
    .globalVariableSegmentsSync(parsed, { partials: false })
    .map((segments) => segments.filter((part) => typeof part === 'string').join('.'))
  return [...new Set(paths)].sort()
}
