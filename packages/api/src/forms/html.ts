import { TRAP } from './read.ts'
import { PAGE_STYLE } from './style.ts'
import type { FormView, ViewField } from './view.ts'

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
/** A text within HTML, be it content or a quoted attribute. */
export const safe = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITY[char] ?? char)

/** A form that came back: what was written, and what is wrong with it. */
export interface Filled {
  values: Readonly<Record<string, string>>
  ticked: ReadonlySet<string>
  errors: Readonly<Record<string, string>>
}

export const EMPTY: Filled = { values: {}, ticked: new Set(), errors: {} }

const COMPLETE: Readonly<Record<string, string>> = {
  email: 'email',
  first_name: 'given-name',
  last_name: 'family-name',
  phone: 'tel',
  company: 'organization',
  job_title: 'organization-title',
  country: 'country-name',
  language: 'language',
}

function inputType({ key, type }: ViewField): string {
  if (key === 'email') return 'email'
  if (key === 'phone') return 'tel'
  if (type === 'date') return 'date'
  return type === 'datetime' ? 'datetime-local' : 'text'
}

function row(field: ViewField, filled: Filled): string {
  const { key, label, type, options, required, placeholder } = field
  const id = `f-${safe(key)}`
  const written = filled.values[key] ?? ''
  const error = filled.errors[key]
  const tied = error === undefined ? '' : ` aria-invalid="true" aria-describedby="${id}-wrong"`
  const wrong = error === undefined ? '' : `<p class="wrong" id="${id}-wrong">${safe(error)}</p>`
  const shared = `id="${id}" name="f.${safe(key)}"${required ? ' required' : ''}${tied}`
  const need = required ? '' : ' <span class="need">(optional)</span>'
  if (type === 'boolean') {
    const checked = written === '' ? '' : ' checked'
    return `<div class="row"><div class="box"><input type="checkbox" value="yes" ${shared}${checked}><label for="${id}">${safe(label)}${need}</label></div>${wrong}</div>`
  }
  const complete = Object.hasOwn(COMPLETE, key) ? ` autocomplete="${COMPLETE[key]}"` : ''
  const hint = placeholder === '' ? '' : ` placeholder="${safe(placeholder)}"`
  const numeric = type === 'number' ? ' inputmode="decimal"' : ''
  const control =
    type === 'choice' && options.length > 0
      ? `<select ${shared}${complete}><option value="">${safe(placeholder || 'Choose')}</option>${options
          .map((it) => `<option${it === written ? ' selected' : ''}>${safe(it)}</option>`)
          .join('')}</select>`
      : `<input type="${inputType(field)}" ${shared}${complete}${hint}${numeric} maxlength="2000" value="${safe(written)}">`
  return `<div class="row"><label for="${id}">${safe(label)}${need}</label>${control}${wrong}</div>`
}

const head = (title: string, intro: string, from: string): string =>
  `${from === '' ? '' : `<p class="from">${safe(from)}</p>`}<h1>${safe(title)}</h1>${intro === '' ? '' : `<p>${safe(intro)}</p>`}`

/**
 * The form itself, for our page and for a place in the page of somebody else. Works without a script; the browser's own checks are off,
 * since ours say what to do, and keep what was written.
 * @param action where it is sent; empty: this very address
 * @param mark the same for a repeated press of the button
 */
export function formHtml(view: FormView, { action, mark, filled }: { action: string; mark: string; filled: Filled }): string {
  const wrong = Object.keys(filled.errors).length
  const summary =
    wrong === 0
      ? ''
      : `<p class="summary" role="alert">${wrong === 1 ? 'One answer needs another look.' : `${wrong} answers need another look.`}</p>`
  const topics = view.topics.map(({ topic, label }) => {
    const id = `t-${safe(topic)}`
    const checked = filled.ticked.has(topic) ? ' checked' : ''
    return `<div class="row box"><input type="checkbox" value="yes" id="${id}" name="t.${safe(topic)}"${checked}><label for="${id}">${safe(label)}</label></div>`
  })
  return `<div class="form">${head(view.title, view.intro, view.from)}${summary}
<form method="post"${action === '' ? '' : ` action="${safe(action)}"`} novalidate>
${view.fields.map((field) => row(field, filled)).join('\n')}
${topics.join('\n')}
<div class="away" aria-hidden="true"><label for="${TRAP}">Leave this empty</label><input id="${TRAP}" name="${TRAP}" type="text" tabindex="-1" autocomplete="off"></div>
<input type="hidden" name="mark" value="${safe(mark)}">
<button type="submit">${safe(view.button)}</button>
</form></div>`
}

/** What stands there once the form was sent, or when it cannot be. */
export const sayHtml = (title: string, text: string, from: string): string =>
  `<div class="form" role="status">${head(title, text, from)}</div>`

/** A page of ours around a form. */
export function pageHtml(title: string, inside: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${safe(title)}</title><style>${PAGE_STYLE}</style></head><body><main>
${inside}
</main></body></html>`
}
