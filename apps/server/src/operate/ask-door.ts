import { existsSync, readFileSync } from 'node:fs'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { EXIT, ExitError } from '../exit.ts'
import { doorAddress, keyFile } from './address.ts'

/** A copy of the database of a running server, until it is given back. */
export interface Image {
  dir: string
  giveBack(): void
}

const refused = (code: string | undefined): boolean => code === 'ECONNREFUSED' || code === 'ENOENT'

function ask(dataDir: string, key: string, signal: AbortSignal): Promise<IncomingMessage | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { socketPath: doorAddress(dataDir), path: '/image', headers: { authorization: `Bearer ${key}` }, signal },
      resolve,
    )
    asked.on('error', (error: NodeJS.ErrnoException) => (refused(error.code) ? resolve(undefined) : reject(error)))
    asked.end()
  })
}

/**
 * Asks the server that holds this data directory for a copy of its database.
 * @returns undefined when no server runs on it
 * @throws ExitError when it does not give one
 */
export async function askForImage(dataDir: string, signal: AbortSignal): Promise<Image | undefined> {
  if (!existsSync(keyFile(dataDir))) return undefined
  const answer = await ask(dataDir, readFileSync(keyFile(dataDir), 'utf8'), signal)
  if (!answer) return undefined
  if (answer.statusCode !== 200) {
    const why = await text(answer)
    throw new ExitError(`The running server could not copy its database: ${why || `it answered ${answer.statusCode}`}.`, EXIT.database)
  }
  let said = ''
  const dir = await new Promise<string>((resolve, reject) => {
    answer.setEncoding('utf8')
    answer.on('data', (part: string) => {
      said += part
      if (said.endsWith('\n')) resolve(String(JSON.parse(said).dir))
    })
    answer.on('end', () => reject(new ExitError('The running server ended meanwhile. Try again.', EXIT.database)))
    answer.on('error', reject)
  })
  // It ends when we let go; that is no error.
  answer.removeAllListeners('error').on('error', () => {})
  return { dir, giveBack: () => void answer.destroy() }
}
