import { basename } from 'node:path'
import { type Bundle, readBundle } from '@baton/api'
import { EXIT, ExitError } from '../exit.ts'
import { readJson } from './read-file.ts'

const MEGABYTES = 20

/** A bundle, an exported flow or a bare graph from a file. @throws ExitError with every fault and its path */
export function bundleFile(path: string): Bundle {
  const name = basename(path).replace(/(\.flow)?\.json$/, '')
  const read = readBundle(readJson(path, MEGABYTES), name)
  if ('ok' in read) return read.ok
  const faults = read.error.map((it) => `${path}: ${it.path === '' ? '' : `${it.path}: `}${it.message}`)
  throw new ExitError(faults.join('\n'), EXIT.problems)
}
