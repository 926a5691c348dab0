import { randomBytes } from 'node:crypto'
import { EMBED_STYLE, EMPTY, type FormView, formHtml, sayHtml, viewOf } from '@baton/api'
import { createIds, type FormRow, formById, listFields, workspaceSettings } from '@baton/db'
import express, { type Request, type RequestHandler, type Response, type Router } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { answer, isScript, sendPage } from './answer.ts'
import { embedScript } from './embed.ts'
import type { FormParts } from './parts.ts'
import { type Outcome, takeAnswer } from './take.ts'

const WINDOW_MS = 10 * 60_000
/** Answers from one address; an office has one for all. */
const MOST = 60
const LIMIT = '64kb'

interface Known {
  form: FormRow
  view: FormView
}

const newMark = () => randomBytes(9).toString('base64url')

/**
 * The public door of forms. `GET /f/:id` is a page that works without a script; `POST` takes it, from that page or from the sites the
 * author names; `GET /f/:id.js` puts it into a page of such a site. Nobody signs in, nothing is told about who is known.
 */
export function formDoor(parts: FormParts): Router {
  const { db, baseUrl } = parts
  const ids = createIds(db)
  const router = express.Router()
  const find = async (id: string): Promise<Known | undefined> => {
    const form = await formById(db, id)
    if (!form) return undefined
    const { senderName, name } = await workspaceSettings(db)
    return { form, view: viewOf(form, await listFields(db), senderName || name) }
  }

  router.get('/:file', async (req, res) => {
    const script = req.params.file.endsWith('.js')
    const known = await find(script ? req.params.file.slice(0, -3) : req.params.file)
    if (script) return sendScript(res, known, baseUrl)
    if (!known) return sendPage(res, 404, 'No form', sayHtml('This form does not exist', 'Look at the address once more.', ''))
    const { form, view } = known
    if (form.archivedAt !== null) return sendPage(res, 410, view.title, closed(view))
    sendPage(res, 200, view.title, formHtml(view, { action: '', mark: newMark(), filled: EMPTY }), form)
  })

  router.options('/:id', async (req, res) => {
    const known = await find(req.params.id)
    if (known && allowed(req, known.form, baseUrl) === 'site') {
      allowSite(req, res)
      res.set({ 'Access-Control-Allow-Methods': 'POST', 'Access-Control-Allow-Headers': 'Content-Type', 'Access-Control-Max-Age': '600' })
    }
    res.sendStatus(204)
  })

  const read: RequestHandler[] = [
    express.urlencoded({ extended: false, limit: LIMIT, parameterLimit: 300 }),
    express.json({ limit: LIMIT }),
  ]
  router.post('/:id', limits(parts.most ?? MOST), ...read, async (req: Request<{ id: string }>, res) => {
    const known = await find(req.params.id)
    if (!known) return answer(req, res, 404, 'No form', sayHtml('This form does not exist', 'Look at the address once more.', ''))
    const { form, view } = known
    const from = allowed(req, form, baseUrl)
    if (from === 'site') allowSite(req, res)
    if (from === 'stranger') {
      const say = sayHtml('Not from this site', 'This form may not be sent from the page you are on. Open the form itself.', view.from)
      return answer(req, res, 403, view.title, say)
    }
    if (form.archivedAt !== null) return answer(req, res, 410, view.title, closed(view))
    const page = from === 'site' ? pageOn(req.get('origin') ?? '', req.body) : `${baseUrl}/f/${form.id}`
    const outcome = await takeAnswer(parts, ids, { form, view, raw: rawOf(req.body), page })
    reply(req, res, known, outcome, baseUrl)
  })
  return router
}

const rawOf = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}

const closed = (view: FormView): string => sayHtml('This form is closed', 'It takes no answers any more.', view.from)

/** Our own page sends from our origin; a program without a browser sends none. Everybody else must be named by the author. */
function allowed(req: Request, form: FormRow, baseUrl: string): 'own' | 'site' | 'stranger' {
  const origin = req.get('origin')
  if (origin === undefined || origin === new URL(baseUrl).origin || origin === `${req.protocol}://${req.get('host')}`) return 'own'
  return form.origins.includes(origin) ? 'site' : 'stranger'
}

function allowSite(req: Request, res: Response): void {
  res.set({ 'Access-Control-Allow-Origin': req.get('origin') ?? '', Vary: 'Origin' })
}

/** The page the form stood on as its script tells it, believed as far as the browser vouches for it. */
function pageOn(origin: string, body: unknown): string {
  const told = rawOf(body).page
  return typeof told === 'string' && told.length <= 2000 && URL.canParse(told) && new URL(told).origin === origin ? told : origin
}

function reply(req: Request, res: Response, { form, view }: Known, outcome: Outcome, baseUrl: string): void {
  const { thanks } = form
  if ('again' in outcome) {
    const action = isScript(req) ? `${baseUrl}/f/${form.id}` : ''
    // For a script this is an ordinary answer: another status would stand as an error on the console of the site.
    answer(req, res, isScript(req) ? 200 : 422, view.title, formHtml(view, { action, mark: newMark(), filled: outcome.again }), form)
  } else if (thanks.kind === 'text') {
    const more = outcome.asked ? `${thanks.text}\n\nWe sent you a mail. Press the link in it to confirm.` : thanks.text
    answer(req, res, 200, view.title, sayHtml('Thank you', more, view.from))
  } else if (isScript(req)) res.set('Cache-Control', 'no-store').json({ go: thanks.url })
  else res.redirect(303, thanks.url)
}

function limits(most: number): RequestHandler {
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: most,
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? ''),
    standardHeaders: true,
    legacyHeaders: false,
    handler: (req, res) => {
      const html = sayHtml('Too many answers', 'Too much was sent from here within ten minutes. Wait a while, then send it again.', '')
      answer(req, res, 429, 'Too many answers', html)
    },
  })
}

/** The form as a script, for the pages of sites. It holds what the page of the form shows anybody. */
function sendScript(res: Response, known: Known | undefined, baseUrl: string): void {
  res.set({ 'Cross-Origin-Resource-Policy': 'cross-origin', 'Cache-Control': 'public, max-age=60' }).type('js')
  if (!known || known.form.archivedAt !== null) {
    res.status(known ? 410 : 404).send('console.warn("Baton: this form does not exist, or is closed.")\n')
    return
  }
  const { form, view } = known
  const html = formHtml(view, { action: `${baseUrl}/f/${form.id}`, mark: '', filled: EMPTY })
  res.send(embedScript({ id: form.id, url: `${baseUrl}/f/${form.id}`, title: view.title, html, style: EMBED_STYLE }))
}
