import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Transform, type Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ImportError, type Role } from '@baton/api'
import { addImport, type Handle, importRejects, newId } from '@baton/db'
import express, { type Request, type Response, type Router } from 'express'
import { csvLine } from './csv.ts'
import { refuseBinary } from './problems.ts'

export interface UploadParts {
  db: Handle
  clock: { now(): number }
  /** Who sends this request; null when nobody is signed in. */
  whoIs(req: Request): Promise<{ id: string; name: string; role: Role } | null>
  /** Where uploads lie; made when the first comes. */
  dir: string
  /** The largest file that is taken; 20 GB when absent. */
  maxBytes?: number | undefined
  log: { error(data: object, message: string): void }
}

const MAY: readonly Role[] = ['admin', 'marketer']
const PAGE = 1000

/** The largest file that is taken. */
const MAX_BYTES = 20 * 1024 ** 3

/** Looks at the first bytes on their way through, and counts all of them. */
function checked(max: number): Transform {
  let first = true
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > max) {
        done(
          new ImportError(
            `This file has more than ${Math.floor(max / 1024 ** 2)} MB. Cut it into several, each with the line of column names.`,
          ),
        )
        return
      }
      if (first) {
        first = false
        try {
          refuseBinary(chunk)
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)))
          return
        }
      }
      done(null, chunk)
    },
  })
}

/**
 * Writes the body to the disk. A pipeline from the request itself would close the connection with a refusal still unsaid, so what is
 * left of a refused body is let run out.
 */
async function receive(req: Request, out: Writable, max: number): Promise<void> {
  const door = checked(max)
  const broken = () => door.destroy(new Error('The connection broke off.'))
  req.once('aborted', broken)
  req.pipe(door)
  try {
    await pipeline(door, out)
  } catch (error) {
    req.unpipe(door)
    req.resume()
    throw error
  } finally {
    req.off('aborted', broken)
  }
}

async function store(parts: UploadParts, req: Request, res: Response, by: { id: string; name: string }): Promise<void> {
  const name = basename(typeof req.query.name === 'string' ? req.query.name : '').slice(0, 200) || 'contacts.csv'
  await mkdir(parts.dir, { recursive: true })
  const path = join(parts.dir, `${newId('up')}.csv`)
  const out = createWriteStream(`${path}.part`)
  try {
    await receive(req, out, parts.maxBytes ?? MAX_BYTES)
    if (out.bytesWritten === 0) throw new ImportError('This file is empty. Export the table again and use that file.')
    await rename(`${path}.part`, path)
    const id = await parts.db.transaction((tx) =>
      addImport(tx, { fileName: name, path, size: out.bytesWritten, by, at: parts.clock.now() }),
    )
    res.status(201).json({ id })
  } catch (error) {
    await Promise.all([rm(`${path}.part`, { force: true }), rm(path, { force: true })])
    throw error
  }
}

/** The rejected rows of an import as CSV: line, reason, and the row as it stands in the file. */
async function rejects(parts: UploadParts, id: string, res: Response): Promise<void> {
  res.type('text/csv; charset=utf-8').set('Content-Disposition', `attachment; filename="rejected-${id}.csv"`)
  res.write(`\uFEFF${csvLine(['line', 'reason', 'row'])}`)
  for (let after = 0; ; ) {
    const page = await importRejects(parts.db, { id, after, limit: PAGE })
    for (const it of page) res.write(csvLine([String(it.line), it.reason, it.raw]))
    const last = page.at(-1)
    if (!last || page.length < PAGE) break
    after = last.line
  }
  res.end()
}

/**
 * `PUT /upload?name=` takes the body as a file, streamed to the disk; `GET /:id/rejected.csv` gives the rows that were not taken in.
 * Mount it at /api/imports, behind the check of the origin.
 */
export function uploadRouter(parts: UploadParts): Router {
  const router = express.Router()
  const guarded =
    (work: (req: Request, res: Response, who: { id: string; name: string }) => Promise<void>) => async (req: Request, res: Response) => {
      try {
        const who = await parts.whoIs(req)
        if (!who) return void res.status(401).json({ error: { message: 'Sign in to go on.' } })
        if (!MAY.includes(who.role))
          return void res.status(403).json({ error: { message: 'Only admins and marketers import. Ask an admin.' } })
        await work(req, res, who)
      } catch (error) {
        // A broken connection needs no answer; what is left of the file is gone already.
        if (res.headersSent || req.socket.destroyed) return void res.destroy()
        if (error instanceof ImportError)
          return void res
            .status(415)
            .set('Connection', 'close')
            .json({ error: { message: error.message } })
        parts.log.error({ err: error }, 'upload failed')
        res.status(500).json({ error: { message: 'The file could not be stored. The details are in the log of the server.' } })
      }
    }
  router.put(
    '/upload',
    guarded((req, res, who) => store(parts, req, res, who)),
  )
  router.get(
    '/:id/rejected.csv',
    guarded((req, res) => rejects(parts, String(req.params.id), res)),
  )
  return router
}
