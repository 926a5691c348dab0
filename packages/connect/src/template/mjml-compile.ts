/// <reference path="./mjml.d.ts" />
import { checkStructure } from './mjml-structure.ts'
import type { TemplateProblem } from './source.ts'

const WITH_LIQUID = /invalid value: .*(\{\{|\{%)/s

function advice(message: string): string {
  const unknown = message.match(/^Element (\S+) doesn't exist/)
  if (unknown) return `<${unknown[1]}> is not an MJML element. Remove it or correct its name.`
  const place = message.match(/^(\S+) cannot be used inside (\S+), only inside: (.+)$/)
  if (place) return `<${place[1]}> cannot stand in <${place[2]}>. Move it into one of: ${place[3]}.`
  const value = message.match(/^Attribute (\S+) has invalid value: (.*?) for type/)
  if (value) return `“${value[2]}” is no value for ${value[1]}. Correct it.`
  const attribute = message.match(/^Attribute (\S+) is illegal/)
  if (attribute) return `${attribute[1]} does not belong here. Remove it.`
  return `${message.trim()}. Correct it.`
}

/**
 * Turns MJML into HTML and leaves Liquid where it was. No file is read and no web font is linked.
 * MJML is loaded at first use: it takes a while and most processes never compile a template.
 */
export async function compileMjml(body: string): Promise<{ ok: string } | { problems: TemplateProblem[] }> {
  if (!/<mjml[\s>]/.test(body))
    return { problems: [{ where: 'body', line: 1, message: 'The body must start with <mjml> and hold an <mj-body>.' }] }
  const structure = checkStructure(body)
  if (structure.length) return { problems: structure }
  const { default: mjml2html } = await import('mjml')
  try {
    const { html, errors } = await mjml2html(body, {
      validationLevel: 'soft',
      fonts: {},
      ignoreIncludes: true,
      keepComments: false,
    })
    const problems = errors
      .filter((error) => !WITH_LIQUID.test(error.message))
      .map((error) => ({ where: 'body' as const, line: error.line, message: advice(error.message) }))
    return problems.length ? { problems } : { ok: html }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const message = /^(Malformed MJML|Parsing failed)/.test(why)
      ? 'This is not complete MJML. It needs <mjml><mj-body>…</mj-body></mjml>.'
      : `MJML cannot read this: ${why}`
    return { problems: [{ where: 'body', message }] }
  }
}
