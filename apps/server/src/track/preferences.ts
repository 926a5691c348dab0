import { verifyOpen, verifyPreferences } from '@baton/connect'
import { consentsOf, listTopics, sentMail, storeAnswers, survivorOf } from '@baton/db'
import express, { type Request, type Router } from 'express'
import { NOBODY } from '../deliver/addresses.ts'
import { LINK_IN_MAIL } from './link-in-mail.ts'
import { unknownLink } from './pages.ts'
import type { House, TrackParts } from './ports.ts'
import { type Choice, preferencesPage } from './preferences-page.ts'
import { sendPage } from './send-page.ts'

interface Answer {
  topic: string
  given: boolean
}

/**
 * `GET /p/:token` shows the topics with what this reader agreed to, and changes nothing. `POST` stores what is ticked, or stops all. By
 * the signature in the link alone: no cookie, no expiry, and nothing on the page says whose it is.
 */
export function preferencesDoor(parts: TrackParts, house: () => Promise<House>): Router {
  const { db, clock, nudge } = parts
  const router = express.Router()

  /** Who follows the link, also after two contacts became one, and what they said so far. */
  async function readerOf(keys: House['keys'], code: string) {
    const token = verifyPreferences(keys, code)
    if (!token) return undefined
    if (token.contactId === NOBODY) return { contactId: null, said: new Map<string, boolean>() }
    const contactId = await survivorOf(db, Number(token.contactId))
    const said = await consentsOf(db, contactId)
    return said && { contactId, said }
  }

  router.get('/:token', async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req.params.token)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    sendPage(res, 200, preferencesPage(name, await choices(reader.said), null))
  })

  router.post('/:token', express.urlencoded({ extended: false, limit: '16kb' }), async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req.params.token)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    const { contactId, said } = reader
    const stop = bodyOf(req).action === 'stop'
    const wanted = stop ? stopAll(await listTopics(db, { archived: true }), said) : changes(await choices(said), ticked(req))
    if (contactId !== null && wanted.length > 0) {
      await storeAnswers(db, { contactId, answers: wanted, source: LINK_IN_MAIL, mail: await mailOf(keys, req, contactId) }, clock.now())
      nudge()
    }
    const now = new Map([...said, ...wanted.map((it) => [it.topic, it.given] as const)])
    sendPage(res, 200, preferencesPage(name, await choices(now), contactId === null ? 'test' : stop ? 'stopped' : 'saved'))
  })

  const choices = async (said: ReadonlyMap<string, boolean>): Promise<Choice[]> =>
    (await listTopics(db)).map(({ id, name, description }) => ({ id, name, description, given: said.get(id) === true }))

  /** The mail whose link was followed: it counts as the one they left by. */
  async function mailOf(keys: House['keys'], req: Request, contactId: number) {
    const by = typeof req.query.m === 'string' ? verifyOpen(keys, req.query.m) : undefined
    const mail = by && (await sentMail(db, Number(by.sendId), null))
    return mail?.contactId === contactId ? mail : null
  }
  return router
}

const bodyOf = (req: Request): Readonly<Record<string, unknown>> => (typeof req.body === 'object' && req.body !== null ? req.body : {})

function ticked(req: Request): ReadonlySet<unknown> {
  const { topic } = bodyOf(req)
  return new Set(Array.isArray(topic) ? topic : [topic])
}

/** Only what is different from before: a box that was never ticked is no answer. */
const changes = (choices: readonly Choice[], wanted: ReadonlySet<unknown>): Answer[] =>
  choices.filter((it) => it.given !== wanted.has(it.id)).map((it) => ({ topic: it.id, given: !it.given }))

/** No to every topic, also to those that were never asked about. */
const stopAll = (topics: readonly { id: string; archived: boolean }[], said: ReadonlyMap<string, boolean>): Answer[] =>
  topics
    .filter(({ id, archived }) => (archived ? said.get(id) === true : said.get(id) !== false))
    .map(({ id }) => ({ topic: id, given: false }))
