import { htmlLiquid, plainLiquid } from './liquid-engine.ts'
import { parseLiquid, usedVariables } from './liquid-parse.ts'
import { compileMjml } from './mjml-compile.ts'
import type { TemplateProblem, TemplateSource } from './source.ts'

/**
 * A template that is known to be good. Plain JSON: it may be stored or cached, and made again from `source` at any
 * time; parsed Liquid is kept aside by `renderMail`.
 */
export type CompiledTemplate = {
  source: TemplateSource
  /** The body as HTML, Liquid still in it. */
  html: string
  /** Every variable the template reads, e.g. `contact.first_name`; for checks against the known fields. */
  variables: string[]
}

/**
 * Compiles a template: Liquid of all parts, then MJML → HTML.
 * All problems are collected, not only the first. Never throws for what an author can write.
 */
export async function compileTemplate(source: TemplateSource): Promise<{ ok: CompiledTemplate } | { errors: TemplateProblem[] }> {
  const errors: TemplateProblem[] = []
  const variables: string[] = []
  if (!source.subject.trim()) errors.push({ where: 'subject', message: 'Write a subject: mail without one is not read.' })
  for (const where of ['subject', 'preheader', 'body', 'text'] as const) {
    const liquid = where === 'body' ? htmlLiquid : plainLiquid
    const parsed = parseLiquid(liquid, where, source[where])
    if ('problems' in parsed) errors.push(...parsed.problems)
    else variables.push(...usedVariables(liquid, parsed.ok))
  }
  const compiled = await compileMjml(source.body)
  if ('problems' in compiled) errors.push(...compiled.problems)
  else if (!errors.some(({ where }) => where === 'body')) {
    // MJML moves styles and attributes about; Liquid that spans them can come apart.
    const again = parseLiquid(htmlLiquid, 'body', compiled.ok)
    if ('problems' in again) errors.push(...again.problems.map(({ message }) => ({ where: 'body' as const, message })))
  }
  if (errors.length || 'problems' in compiled) return { errors }
  return { ok: { source, html: compiled.ok, variables: [...new Set(variables)].sort() } }
}
