import { type CompiledTemplate, compileTemplate, type TemplateProblem, type TemplateSource } from '@baton/connect'
import { type Sql, templateVersion } from '@baton/db'

type Compiled = { ok: CompiledTemplate } | { errors: TemplateProblem[] } | 'unknown'

/** More versions than this are seldom sent at the same time; the one longest unused goes. */
const KEPT = 100

/** Compiled templates by version. A version never changes, so what is here is never stale. */
export interface Templates {
  version(sql: Sql, id: string, version: number): Promise<Compiled>
  /** A text that is saved nowhere (yet). */
  text(source: TemplateSource): Promise<Exclude<Compiled, 'unknown'>>
}

export function createTemplates(): Templates {
  const kept = new Map<string, Promise<Compiled>>()
  const compile = async (sql: Sql, id: string, version: number): Promise<Compiled> => {
    const source = await templateVersion(sql, id, version)
    return source ? compileTemplate(source) : 'unknown'
  }
  return {
    version(sql, id, version) {
      const key = `${id}@${version}`
      const known = kept.get(key) ?? compile(sql, id, version)
      kept.delete(key)
      kept.set(key, known)
      known.catch(() => kept.delete(key))
      for (const oldest of kept.keys()) {
        if (kept.size <= KEPT) break
        kept.delete(oldest)
      }
      return known
    },
    text: (source) => compileTemplate(source),
  }
}

/** Problems of a template as one sentence, for a mail that cannot be made of it. */
export function problemWords(errors: readonly TemplateProblem[]): string {
  const [first] = errors
  if (!first) return 'The template cannot be used.'
  const place = `${first.where}${first.line === undefined ? '' : `, line ${first.line}`}`
  return `The template has a mistake (${place}): ${first.message}`
}
