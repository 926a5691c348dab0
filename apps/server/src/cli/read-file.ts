import { readFileSync, statSync } from 'node:fs'
import { EXIT, ExitError } from '../exit.ts'
import { jsonFault, lineAndColumn } from './json-fault.ts'

const MEGABYTE = 1024 * 1024

/** A text file that is not too large. @throws ExitError that says what is wrong with it */
export function readText(path: string, megabytes: number): string {
  try {
    const { size } = statSync(path)
    if (size <= megabytes * MEGABYTE) return readFileSync(path, 'utf8')
    throw new ExitError(`${path} has ${Math.ceil(size / MEGABYTE)} MB; at most ${megabytes} are read.`, EXIT.usage)
  } catch (error) {
    if (error instanceof ExitError) throw error
    const code = error instanceof Error && 'code' in error ? error.code : ''
    const why =
      code === 'ENOENT' ? 'is not there' : code === 'EISDIR' ? 'is a folder' : code === 'EACCES' ? 'may not be read' : 'cannot be read'
    throw new ExitError(`${path} ${why}.`, EXIT.usage, { cause: error })
  }
}

/** A JSON file. @throws ExitError that says where it stops being JSON */
export function readJson(path: string, megabytes: number): unknown {
  const text = readText(path, megabytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    const at = jsonFault(text)
    const place = lineAndColumn(text, at)
    const say =
      text.trim() === ''
        ? 'the file is empty.'
        : text.slice(at).trim() === ''
          ? 'the file ends in the middle. Was it cut off when it was saved or sent? Export it again.'
          : 'from here on this is not JSON.'
    throw new ExitError(`${path}:${place}: ${say}`, EXIT.problems, { cause: error })
  }
}
