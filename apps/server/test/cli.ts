import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { run } from '../src/cli/program.ts'

/** A command of Baton without settings, with what it wrote. */
export async function baton(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await run(args, { env: {}, out: (text) => out.push(text), err: (text) => err.push(text) })
  return { code, out: out.join(''), err: err.join('') }
}

/** A folder for the tests of a file, gone after them. @returns writes a file there, texts as they are and all else as JSON; gives its path */
export function useFiles(): (name: string, content: unknown) => string {
  let dir: string
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'baton-cli-'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))
  return (name, content) => {
    const at = join(dir, name)
    writeFileSync(at, typeof content === 'string' ? content : JSON.stringify(content))
    return at
  }
}
