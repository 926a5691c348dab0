import { signPreferences, verifyOpen, verifyUnsubscribe } from '@baton/connect'
import { consentOf, listTopics, sentMail, storeAnswers, survivorOf } from '@baton/db'
import { MARKETING_TOPIC } from '@baton/engine'
import express, { type Request, type Router } from 'express'
import { NOBODY } from '../deliver/addresses.ts'
import { LINK_IN_MAIL } from './link-in-mail.ts'
import { backPage, type Leaving, leavePage, leftPage, testPage, unknownLink } from './pages.ts'
import type { House, TrackParts } from './ports.ts'
import { sendPage } from './send-page.ts'

interface Reader {
  contactId: number
  topic: string
  /** The mail they came from, where its link says so. */
  mail: { id: number; key: string; flowId: string; node: string; templateId: string } | null
}

/**
 * `GET /u/:token` shows a button and changes nothing, since scanners follow links. `POST` is the button, and the one click of mail
 * programs (RFC 8058): no cookie, no question, the same answer every time. Neither says whose address it is.
 */
export function unsubscribeDoor(parts: TrackParts, house: () => Promise<House>): Router {
  const { db } = parts
  const router = express.Router()
  const readerOf = async (keys: House['keys'], req: Request<{ token: string }>): Promise<Reader | 'nobody' | undefined> => {
    const token = verifyUnsubscribe(keys, req.params.token)
    if (!token) return undefined
    if (token.contactId === NOBODY) return 'nobody'
    const contactId = await survivorOf(db, Number(token.contactId))
    const by = typeof req.query.m === 'string' ? verifyOpen(keys, req.query.m) : undefined
    const mail = by && (await sentMail(db, Number(by.sendId), null))
    return { contactId, topic: token.topic, mail: mail?.contactId === contactId ? mail : null }
  }

  /** Relative, so that it leads to where this page came from. */
  const leavingOf = async (keys: House['keys'], req: Request, { contactId, topic }: Reader, from: string): Promise<Leaving> => {
    const known = topic === MARKETING_TOPIC ? undefined : (await listTopics(db, { archived: true })).find((it) => it.id === topic)
    const by = typeof req.query.m === 'string' ? `?m=${encodeURIComponent(req.query.m)}` : ''
    return { from, topic: known?.name ?? null, preferences: `../p/${signPreferences(keys, { contactId: String(contactId) })}${by}` }
  }

  router.get('/:token', async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    if (reader === 'nobody') return sendPage(res, 200, testPage(name))
    const consent = await consentOf(db, reader.contactId, reader.topic)
    const leaving = await leavingOf(keys, req, reader, name)
    sendPage(res, 200, consent?.given === false ? leftPage(leaving) : leavePage(leaving))
  })

  // The body is told by mail programs in several types; only our own button's matters.
  router.post('/:token', express.text({ type: () => true, limit: '16kb' }), async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    if (reader === 'nobody') return sendPage(res, 200, testPage(name))
    const given = new URLSearchParams(typeof req.body === 'string' ? req.body : '').get('action') === 'subscribe'
    await answer(parts, reader, given)
    const leaving = await leavingOf(keys, req, reader, name)
    sendPage(res, 200, given ? backPage(leaving) : leftPage(leaving))
  })
  return router
}

/** Stores the answer unless it is known already, so that a repeated request changes nothing. */
async function answer({ db, clock, nudge }: TrackParts, { contactId, topic, mail }: Reader, given: boolean): Promise<void> {
  const known = await consentOf(db, contactId, topic)
  if (!known || known.given === given) return
  await storeAnswers(db, { contactId, answers: [{ topic, given }], source: LINK_IN_MAIL, mail }, clock.now())
  nudge()
}
