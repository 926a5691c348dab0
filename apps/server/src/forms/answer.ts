import { pageHtml } from '@baton/api'
import type { FormRow } from '@baton/db'
import type { Request, Response } from 'express'

/** Whether the form's script asks, and not a browser by itself. */
export const isScript = (req: Request): boolean => req.is('application/json') === 'application/json'

/** Answers the script with the words alone, a browser with a page around them. */
export function answer(req: Request, res: Response, status: number, title: string, html: string, form?: FormRow): void {
  if (isScript(req)) res.status(status).set('Cache-Control', 'no-store').json({ html })
  else sendPage(res, status, title, html, form)
}

/** No script, nothing from elsewhere; it may be sent to us alone, and lead on to the page its author chose. */
export function sendPage(res: Response, status: number, title: string, html: string, form?: FormRow): void {
  const target = form?.thanks.kind === 'redirect' ? ` ${new URL(form.thanks.url).origin}` : ''
  res.set({
    'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${target}; frame-ancestors 'none'; base-uri 'none'`,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex',
  })
  res.status(status).type('html').send(pageHtml(title, html))
}
