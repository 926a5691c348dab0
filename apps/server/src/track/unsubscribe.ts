import { verifyOpen, verifyUnsubscribe } from '@baton/connect'
import { consentOf, sentMail, tellContact } from '@baton/db'
import type { InboxItem } from '@baton/engine'
import express, { type Request, type Router } from 'express'
import { NOBODY } from '../deliver/addresses.ts'
import { backPage, leavePage, leftPage, testPage, unknownLink } from './pages.ts'
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
    const contactId = Number(token.contactId)
    const by = typeof req.query.m === 'string' ? verifyOpen(keys, req.query.m) : undefined
    const mail = by && (await sentMail(db, Number(by.sendId), null))
    return { contactId, topic: token.topic, mail: mail?.contactId === contactId ? mail : null }
  }

  router.get('/:token', async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    if (reader === 'nobody') return sendPage(res, 200, testPage(name))
    const consent = await consentOf(db, reader.contactId, reader.topic)
    sendPage(res, 200, consent?.given === false ? leftPage(name) : leavePage(name))
  })

  // The body is told by mail programs in several types; only our own button's matters.
  router.post('/:token', express.text({ type: () => true, limit: '16kb' }), async (req, res) => {
    const { keys, name } = await house()
    const reader = await readerOf(keys, req)
    if (!reader) return sendPage(res, 404, unknownLink(name))
    if (reader === 'nobody') return sendPage(res, 200, testPage(name))
    const given = new URLSearchParams(typeof req.body === 'string' ? req.body : '').get('action') === 'subscribe'
    await answer(parts, reader, given)
    sendPage(res, 200, given ? backPage(name) : leftPage(name))
  })
  return router
}

/** Stores the answer unless it is known already, so that a repeated request changes nothing. */
async function answer({ db, clock, nudge }: TrackParts, { contactId, topic, mail }: Reader, given: boolean): Promise<void> {
  const known = await consentOf(db, contactId, topic)
  if (!known || known.given === given) return
  const now = clock.now()
  const source = { kind: 'system' as const, id: 'unsubscribe-link', name: 'Link in a mail' }
  const items: InboxItem[] = [{ kind: 'consent', at: now, topic, given, source }]
  if (!given) {
    const of = mail && { sendId: String(mail.id), sendKey: mail.key, flowId: mail.flowId, node: mail.node, templateId: mail.templateId }
    const event = { id: `unsubscribed/${contactId}/${topic}/${now}`, type: 'mail.unsubscribed', props: { topic, ...of } }
    items.push({ kind: 'event', at: now, event: { ...event, occurredAt: now, receivedAt: now } })
  }
  await tellContact(db, contactId, items, now)
  nudge()
}
