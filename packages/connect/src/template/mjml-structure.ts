import { Parser } from 'htmlparser2'
import type { TemplateProblem } from './source.ts'

// Their content is HTML or text and is kept as it is; in any other mj- element loose text disappears.
const HOLDS_TEXT = new Set([
  'mj-accordion-text',
  'mj-accordion-title',
  'mj-button',
  'mj-navbar-link',
  'mj-preview',
  'mj-raw',
  'mj-social-element',
  'mj-style',
  'mj-table',
  'mj-text',
  'mj-title',
])

const isMjml = (name: string): boolean => name === 'mjml' || name.startsWith('mj-')

/** Liquid replaced by `~` of the same length (line ends kept), so that `{% if a < b %}` does not look like a tag. */
function maskLiquid(source: string): string {
  return source.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, (liquid) => liquid.replace(/[^\n]/g, '~'))
}

/**
 * Finds what MJML itself passes over in silence: tags never closed or closed in the wrong order, and text or Liquid
 * between layout elements, which it drops.
 */
export function checkStructure(source: string): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  const open: { name: string; line: number }[] = []
  const masked = maskLiquid(source)
  const lineAt = (index: number): number => masked.slice(0, index).split('\n').length
  const report = (line: number, message: string) => problems.push({ where: 'body', line, message })
  let textReported = false
  const parser = new Parser(
    {
      onopentag(name) {
        if (isMjml(name)) open.push({ name, line: lineAt(parser.startIndex) })
        if (name === 'mj-include')
          report(lineAt(parser.startIndex), '<mj-include> cannot read other files here. Paste the content instead.')
      },
      onclosetag(name, implied) {
        if (!isMjml(name)) return
        const last = open.pop()
        const selfClosed = masked[parser.endIndex - 1] === '/'
        if (implied && !selfClosed && last) report(last.line, `<${last.name}> is never closed. Add </${last.name}>.`)
      },
      ontext(text) {
        const inside = open.at(-1)
        if (!inside || HOLDS_TEXT.has(inside.name) || !text.trim() || textReported) return
        textReported = true
        const line = lineAt(parser.startIndex + text.search(/\S/))
        report(
          line,
          text.trim().startsWith('~')
            ? `Liquid directly inside <${inside.name}> is lost. Put it inside <mj-raw>…</mj-raw>.`
            : `Text directly inside <${inside.name}> is lost. Put it inside <mj-text>…</mj-text>.`,
        )
      },
    },
    { xmlMode: true, decodeEntities: false },
  )
  parser.end(masked)
  return problems
}
