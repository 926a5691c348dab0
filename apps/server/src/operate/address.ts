import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Where the server that holds this data directory can be spoken to from the same machine: never from the network. */
export function doorAddress(dataDir: string): string {
  const name = `baton-door-${createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 32)}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return join(tmpdir(), `${name}.sock`)
}

/** Whoever may read the data directory may ask at the door: the key lies in it, for its owner only, and is new at each start. */
export const keyFile = (dataDir: string): string => join(dataDir, 'door.key')

/** Copies of the database's directory that somebody reads from. */
export const imagesDir = (dataDir: string): string => join(dataDir, 'images')
