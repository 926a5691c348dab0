import type { Clock } from '@baton/api'
import { dropRecord, type Handle, takeCompanies, takeRecords } from '@baton/db'
import express, { type Request, type RequestHandler, type Response } from 'express'
import type { Door } from '../http/app.ts'
import { BodyError, readBody } from '../ingest/body.ts'
import type { KeyFinder } from '../ingest/door.ts'
import { keyOf } from '../ingest/router.ts'
import type { Logger } from '../log.ts'
import { type Refusal, readCompany, readRecord } from './record.ts'

export interface RecordParts {
  db: Handle
  clock: Clock
  log: Logger
  nudge(): void
  findKey: KeyFinder
  limits: RequestHandler
}

const KINDS = { companies: 'company', opportunities: 'opportunity', purchases: 'purchase' } as const
type Place = keyof typeof KINDS
const PLACES: readonly Place[] = ['companies', 'opportunities', 'purchases']
const MOST = 1_000

/** A request that is not answered with what it asks for, and with which status. */
class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * `POST /v1/companies`, `/v1/opportunities`, `/v1/purchases`: one record, or `{"batch": […]}`; what is there already is replaced by
 * its id (of a company only what is named). `DELETE` by id. Server keys only. 200 only after a durable write; what cannot be taken is
 * named in the answer, the rest is kept.
 */
export function recordDoor({ db, clock, log, nudge, findKey, limits }: RecordParts): Door {
  const router = express.Router()

  async function allowed(req: Request, body: Record<string, unknown>): Promise<void> {
    const written = keyOf(req, body)
    const key = written === null ? undefined : await findKey(written)
    if (!key) throw new Refused(401, 'No write key that works. Send one as the user name of basic authentication: Settings, Write keys.')
    if (key.kind !== 'server') throw new Refused(403, 'A browser key cannot write records. Use a server key, from a server.')
  }

  const answering =
    (work: (req: Request, res: Response) => Promise<void>) =>
    async (req: Request, res: Response): Promise<void> => {
      try {
        await work(req, res)
      } catch (error) {
        if (error instanceof BodyError || error instanceof Refused) {
          res.status(error.status).json({ success: false, message: error.message })
          return
        }
        log.error({ err: error }, 'records could not be stored; the client will try again')
        res.status(503).set('Retry-After', '2').json({ success: false, message: 'Not stored. Try again shortly.' })
      }
    }

  async function take(place: Place, req: Request, res: Response): Promise<void> {
    const { json } = await readBody(req)
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new BodyError(400, 'The body must be a JSON object.')
    const body: Record<string, unknown> = { ...json }
    await allowed(req, body)
    const raws: unknown = Object.hasOwn(body, 'batch') ? body.batch : [body]
    if (!Array.isArray(raws)) throw new BodyError(400, '"batch" is a list of records.')
    if (raws.length > MOST) throw new BodyError(413, `A batch holds at most ${MOST} records; this one has ${raws.length}.`)
    const { stored, refused } = await store(place, raws)
    if (stored > 0) nudge()
    const status = stored === 0 && refused.length > 0 ? 400 : 200
    res.status(status).json({ success: status === 200, stored, ...(refused.length > 0 ? { refused } : {}) })
  }

  async function store(place: Place, raws: readonly unknown[]): Promise<{ stored: number; refused: Refusal[] }> {
    const now = clock.now()
    if (place === 'companies') {
      const read = raws.map(readCompany)
      const good = read.flatMap((it) => ('ok' in it ? [it.ok] : []))
      await takeCompanies(db, good, now)
      return { stored: good.length, refused: read.flatMap((it) => ('refused' in it ? [it.refused] : [])) }
    }
    const read = raws.map((raw, index) => readRecord(raw, index, KINDS[place], now))
    const good = read.flatMap((it) => ('ok' in it ? [it.ok] : []))
    const { stored, refused } = await takeRecords(db, good, now)
    return {
      stored,
      refused: [...read.flatMap((it) => ('refused' in it ? [it.refused] : [])), ...refused].sort((a, b) => a.index - b.index),
    }
  }

  for (const place of PLACES) {
    router.post(
      `/${place}`,
      limits,
      answering((req, res) => take(place, req, res)),
    )
    router.delete(
      `/${place}/:id`,
      limits,
      answering(async (req, res) => {
        await allowed(req, {})
        const found = await dropRecord(db, { kind: KINDS[place], id: String(req.params.id), at: clock.now() })
        if (!found) throw new Refused(404, 'There is nothing of this id.')
        nudge()
        res.json({ success: true })
      }),
    )
  }
  return { path: '/v1', router }
}
