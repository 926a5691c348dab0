import { pageHtml, safe, sayHtml } from '@baton/api'
import { verifyConfirm } from '@baton/connect'
import { ASK_DAYS, type AskOutcome, askOf, confirmAsk, workspaceSettings } from '@baton/db'
import express, { type Response, type Router } from 'express'
import { tokenKeys } from '../deliver/addresses.ts'
import type { FormParts } from './parts.ts'

/**
 * The link of the mail that asks (double opt-in). `GET /y/:token` shows a button and changes nothing, since scanners follow links;
 * `POST` is the button. The page names nobody.
 */
export function confirmDoor({ db, clock, nudge }: FormParts): Router {
  const router = express.Router()
  const houseOf = async (token: string) => {
    const { linkSecrets, senderName, name } = await workspaceSettings(db)
    const ask = verifyConfirm(tokenKeys(linkSecrets), token)
    return { id: ask && Number(ask.askId), from: senderName || name }
  }

  router.get('/:token', async (req, res) => {
    const { id, from } = await houseOf(req.params.token)
    show(res, id === undefined ? 'gone' : await askOf(db, { id, now: clock.now() }), from)
  })

  router.post('/:token', async (req, res) => {
    const { id, from } = await houseOf(req.params.token)
    const outcome = id === undefined ? 'gone' : await confirmAsk(db, { id, now: clock.now() })
    if (outcome === 'confirmed') nudge()
    show(res, outcome, from)
  })
  return router
}

const BUTTON = '<form method="post"><button>Yes, I agree</button></form>'

function words(outcome: AskOutcome, from: string): { status: number; title: string; text: string; button?: string } {
  switch (outcome) {
    case 'open':
      return { status: 200, title: 'One press and it is done', text: `Confirm that ${from} may write to you.`, button: BUTTON }
    case 'confirmed':
      return { status: 200, title: 'Thank you', text: `It is confirmed: ${from} may write to you. Each mail has a link to stop that.` }
    case 'late':
      return {
        status: 410,
        title: 'This link is too old',
        text: `It worked for ${ASK_DAYS} days. Fill in the form again, and you get a new one.`,
      }
    case 'gone':
      return {
        status: 404,
        title: 'This link leads nowhere',
        text: 'It is not complete, or what it was about is gone. Fill in the form again.',
      }
  }
}

function show(res: Response, outcome: AskOutcome, from: string): void {
  const { status, title, text, button = '' } = words(outcome, from)
  res.set({
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
  })
  const inside =
    button === ''
      ? sayHtml(title, text, from)
      : `<div class="form"><p class="from">${safe(from)}</p><h1>${title}</h1><p>${safe(text)}</p>${button}</div>`
  res.status(status).type('html').send(pageHtml(title, inside))
}
