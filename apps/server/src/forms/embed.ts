/// <reference path="../raw.d.ts" />
import { browserScript } from '../browser-script.ts'
import source from './embed.browser.js?raw'

/** What the script of a form carries. */
export interface Embedded {
  id: string
  /** The form's own page; answers are posted there. */
  url: string
  title: string
  html: string
  style: string
}

const script = browserScript(source)

/** The script that shows a form in a page of a site. */
export function embedScript(form: Embedded): string {
  const data = JSON.stringify(form).replace(/[<\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return script.replace('(FORM)', () => `(${data})`)
}
