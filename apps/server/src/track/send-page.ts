import type { Response } from 'express'
import { PAGE_POLICY } from './pages.ts'

/** Answers with one of our small pages: never stored, never indexed, and its address told to nobody. */
export function sendPage(res: Response, status: 200 | 404, html: string): void {
  res.set({
    'Content-Security-Policy': PAGE_POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
  })
  res.status(status).type('html').send(html)
}
