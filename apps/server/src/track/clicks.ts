import { randomBytes } from 'node:crypto'
import { isMachineClick, isMachineOpen, SCAN_WINDOW_MS, verifyLink, verifyOpen } from '@baton/connect'
import { flagClicks, linksFollowed, noteArrival, type SentMail, sentMail, tellContact } from '@baton/db'
import express, { type Request, type Response, type Router } from 'express'
import { HONEYPOT } from '../deliver/addresses.ts'
import { mailEvent } from '../deliver/outcome.ts'
import { hiddenLink, unknownLink } from './pages.ts'
import type { House, TrackParts } from './ports.ts'
import { createRecent } from './recent.ts'
import { sendPage } from './send-page.ts'

/** A link pressed twice within this is one click. */
const DOUBLE_MS = 5_000
/** Mail programs load the picture again and again while a mail is open. */
const REOPEN_MS = 60_000

// 1 × 1, transparent.
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')

const eventId = () => randomBytes(12).toString('base64url')

/** `GET /c/:token`: notes the click, then leads on. The target is our own table's, so that no token can lead elsewhere. */
export function clickDoor(parts: TrackParts, house: () => Promise<House>): Router {
  const recent = createRecent(DOUBLE_MS)
  const router = express.Router()
  router.get('/:token', async (req, res) => {
    const { keys, name } = await house()
    const token = verifyLink(keys, req.params.token)
    const mail = token && (await sentMail(parts.db, Number(token.sendId), token.link))
    if (!mail || (mail.url === null && token.link !== HONEYPOT)) return sendPage(res, 404, unknownLink(name))
    await noteClick(parts, recent, { req, mail, link: token.link })
    if (mail.url === null) return sendPage(res, 200, hiddenLink(name))
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
    res.redirect(302, mail.url)
  })
  return router
}

async function noteClick(
  parts: TrackParts,
  recent: ReturnType<typeof createRecent>,
  { req, mail, link }: { req: Request; mail: SentMail; link: number },
): Promise<void> {
  const { db, clock, log } = parts
  const now = clock.now()
  const window = { contactId: mail.contactId, sendId: mail.id, since: now - SCAN_WINDOW_MS }
  try {
    if (recent.again(`${mail.id}/${link}/${req.method}`)) return
    await noteArrival(db, mail, now)
    const followed = new Set(await linksFollowed(db, window))
    if (link !== HONEYPOT) followed.add(link)
    followed.delete(HONEYPOT)
    const { machine, reasons } = isMachineClick({
      userAgent: req.get('user-agent'),
      method: req.method,
      msSinceSent: now - mail.sentAt,
      linksInMail: mail.links,
      linksFollowed: followed.size,
      hiddenLink: link === HONEYPOT,
    })
    const props = { url: mail.url ?? '', n: link, ...(machine ? { reasons } : {}) }
    await tellContact(db, mail.contactId, [mailEvent(mail, { type: 'mail.clicked', id: eventId(), now, machine, props })], now)
    if (reasons.includes('many-links') || reasons.includes('hidden-link')) await flagClicks(db, window)
    parts.nudge()
  } catch (error) {
    // The reader's way goes on; what is lost is one click in the statistics.
    log.error({ err: error, send: mail.id }, 'a click was not stored')
  }
}

/** `GET /o/:token.gif`: notes that the mail was shown. */
export function openDoor(parts: TrackParts, house: () => Promise<House>): Router {
  const recent = createRecent(REOPEN_MS)
  const router = express.Router()
  router.get('/:file', async (req, res) => {
    const { keys } = await house()
    const token = verifyOpen(keys, req.params.file.replace(/\.gif$/, ''))
    const mail = token && (await sentMail(parts.db, Number(token.sendId), null))
    if (mail) await noteOpen(parts, recent, { req, mail })
    sendPixel(res, mail ? 200 : 404)
  })
  return router
}

async function noteOpen(
  { db, clock, log, nudge }: TrackParts,
  recent: ReturnType<typeof createRecent>,
  { req, mail }: { req: Request; mail: SentMail },
): Promise<void> {
  const now = clock.now()
  try {
    const { machine, reasons } = isMachineOpen({ userAgent: req.get('user-agent'), method: req.method, msSinceSent: now - mail.sentAt })
    if (recent.again(`${mail.id}/${machine}`)) return
    await noteArrival(db, mail, now)
    const props = machine ? { reasons } : {}
    await tellContact(db, mail.contactId, [mailEvent(mail, { type: 'mail.opened', id: eventId(), now, machine, props })], now)
    nudge()
  } catch (error) {
    log.error({ err: error, send: mail.id }, 'an open was not stored')
  }
}

/** Webmail shows it inside its own pages, so that it may be read from there. */
function sendPixel(res: Response, status: 200 | 404): void {
  res.set({ 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'cross-origin', 'Referrer-Policy': 'no-referrer' })
  res.status(status).type('gif').send(PIXEL)
}
