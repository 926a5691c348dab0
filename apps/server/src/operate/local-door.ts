import { randomBytes, timingSafeEqual } from 'node:crypto'
import { constants, existsSync, rmSync } from 'node:fs'
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import type { Handle } from '@baton/db'
import type { Logger } from '../log.ts'
import { doorAddress, imagesDir, keyFile } from './address.ts'

export interface DoorParts {
  db: Handle
  dataDir: string
  log: Logger
}

/**
 * A copy of the directory as of one instant: inside of a transaction nobody else writes, and behind a checkpoint the files are whole.
 * As short a standstill as a copy of files is; where the file system can, it shares them instead.
 */
async function takeImage({ db, dataDir }: DoorParts): Promise<string> {
  const dir = join(imagesDir(dataDir), randomBytes(6).toString('hex'))
  await mkdir(imagesDir(dataDir), { recursive: true, mode: 0o700 })
  try {
    await db.transaction(async (tx) => {
      await tx.query('checkpoint')
      await cp(join(dataDir, 'database'), dir, { recursive: true, mode: constants.COPYFILE_FICLONE })
    })
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
  return dir
}

function knows(req: IncomingMessage, key: string): boolean {
  const given = Buffer.from(req.headers.authorization ?? '')
  const wanted = Buffer.from(`Bearer ${key}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/**
 * The door by which a command on the same machine asks the server that holds the embedded database. `GET /image` answers with the path of
 * a copy, and removes it when the one who asked goes away, however that happens.
 */
export async function openLocalDoor(parts: DoorParts): Promise<{ close(): Promise<void> }> {
  const { dataDir, log } = parts
  const key = randomBytes(32).toString('base64url')
  const address = doorAddress(dataDir)
  // Left by a process that was killed; this one holds the directory.
  rmSync(imagesDir(dataDir), { recursive: true, force: true })
  if (!address.startsWith('\0') && process.platform !== 'win32') rmSync(address, { force: true })
  await rm(keyFile(dataDir), { force: true })
  await writeFile(keyFile(dataDir), key, { mode: 0o600 })

  const image = async (res: ServerResponse): Promise<void> => {
    const dir = await takeImage(parts)
    const away = () =>
      void rm(dir, { recursive: true, force: true }).catch((err: unknown) => log.warn({ err }, 'a copy could not be removed'))
    res.on('close', away)
    if (res.destroyed) away()
    // The answer stays open: its end is how the server learns that the copy is not needed any more.
    res.write(`${JSON.stringify({ dir })}\n`)
  }
  const server = createServer((req, res) => {
    if (!knows(req, key)) return void res.writeHead(403).end()
    if (req.method !== 'GET' || req.url !== '/image') return void res.writeHead(404).end()
    image(res).catch((err: unknown) => {
      log.error({ err }, 'the database could not be copied for a command')
      res.writeHead(500).end(err instanceof Error ? err.message : String(err))
    })
  })
  await new Promise<void>((done, failed) => server.once('error', failed).listen(address, done))
  return {
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
      if (existsSync(keyFile(dataDir))) rmSync(keyFile(dataDir))
    },
  }
}
