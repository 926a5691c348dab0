import { readFileSync, statSync } from 'node:fs'
import { EXIT, ExitError } from '../exit.ts'

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

/** Where a parser stopped, as line:column; empty when it does not say. */
function placeOf(error: unknown, text: string): string {
  const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
  if (at === undefined) return ''
  const before = text.slice(0, Number(at)).split('\n')
  return `:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
}

/** A JSON file. @throws ExitError that says where it stops being JSON */
export function readJson(path: string, megabytes: number): unknown {
  const text = readText(path, megabytes)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ExitError(`${path}${placeOf(error, text)} is not JSON: ${error instanceof Error ? error.message : ''}`, EXIT.problems, {
      cause: error,
    })
  }
}
