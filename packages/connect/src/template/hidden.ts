import { escapeHtml } from './liquid-engine.ts'

/** What a mail carries without showing it. */
export type Hidden = { preheader: string; pixel?: string | undefined; honeypot?: string | undefined }

const INVISIBLE = 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;mso-hide:all'
// Keeps the mailbox from filling the preview line with the start of the body.
const FILLER = '&#847;&zwnj;&nbsp;'.repeat(60)

/** Inserts before `</body>`, or at the end where there is none. */
export function beforeBodyEnd(html: string, addition: string): string {
  const end = html.toLowerCase().lastIndexOf('</body>')
  return end < 0 ? html + addition : html.slice(0, end) + addition + html.slice(end)
}

/** Adds the preheader at the start of the body, the honeypot link and the open pixel at its end. */
export function addToBody(html: string, { preheader, pixel, honeypot }: Hidden): string {
  const start = preheader ? `<div style="${INVISIBLE}">${escapeHtml(preheader)}${FILLER}</div>` : ''
  const trap = honeypot ? `<a href="${escapeHtml(honeypot)}" style="${INVISIBLE}" tabindex="-1" aria-hidden="true" rel="nofollow"></a>` : ''
  const image = pixel
    ? `<img src="${escapeHtml(pixel)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`
    : ''
  const opening = html.match(/<body[^>]*>/i)
  const at = opening?.index === undefined ? 0 : opening.index + opening[0].length
  return beforeBodyEnd(html.slice(0, at) + start + html.slice(at), trap + image)
}
