import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { postgresBinaries } from './binaries.ts'

export interface PostgresOptions {
  /** Extra settings as `name=value`, e.g. `shared_buffers=1GB`; they win over the defaults. */
  settings?: readonly string[] | undefined
  /**
   * False (tests): fsync off, nothing survives a power cut and everything is faster.
   * True (benchmarks, soaks): fsync and synchronous_commit as PostgreSQL ships them.
   */
  durable?: boolean | undefined
}

export interface Postgres {
  /** A postgres:// URL of the superuser; ends in the database `postgres`. */
  readonly url: string
  /** Stops the server and removes its directory; does nothing for a server given by TEST_PG_URL. */
  stop(): Promise<void>
}

/** stdin is the leash: when this process ends, however it ends, the pipe closes, the server stops and its directory goes. */
const LEASH = '"$@" & p=$!; cat >/dev/null; kill -QUIT $p; wait $p; rm -rf "$PGTMP"'
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
const NONE =
  'No PostgreSQL for the tests: install it (Debian: apt-get install postgresql), or set TEST_PG_BIN to the directory of initdb and postgres, or TEST_PG_URL to a server.'

/** PostgreSQL refuses to run as root, so root runs it as the user that Debian's package makes. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => {
    try {
      return Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8', stdio: 'pipe' }))
    } catch {
      throw new Error('PostgreSQL does not run as root, and there is no user "postgres" to run it as: useradd --system postgres')
    }
  }
  return { uid: id('-u'), gid: id('-g') }
}

async function untilReady(log: string, ended: () => boolean): Promise<void> {
  for (let i = 0; !readFileSync(log, 'utf8').includes('ready to accept connections'); i++) {
    if (i === 600 || ended()) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`)
    await pause(50)
  }
}

/**
 * A real PostgreSQL server of its own, on a Unix socket in a temporary directory (no port to clash with); up in about a second.
 * TEST_PG_URL, when set, is used instead and left running.
 * @throws Error with what to install, or with the server's own log
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const given = process.env.TEST_PG_URL
  if (given) return { url: given, stop: async () => {} }
  const bin = postgresBinaries()
  if (!bin) throw new Error(NONE)
  const who = account()
  const dir = mkdtempSync(join(tmpdir(), 'pg-')) // short: a socket's path holds 107 bytes
  if (who.uid !== undefined && who.gid !== undefined) chownSync(dir, who.uid, who.gid)
  const data = join(dir, 'data')
  const env = { PATH: process.env.PATH, LC_ALL: 'C', PGTMP: dir }
  try {
    const flags = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
    execFileSync(join(bin, 'initdb'), ['-D', data, ...flags], { ...who, env, cwd: dir, stdio: 'pipe' })
  } catch (error) {
    rmSync(dir, { recursive: true, force: true })
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
    throw new Error(`initdb failed: ${said}`)
  }
  const log = join(dir, 'log')
  const out = openSync(log, 'a')
  const settings = ['listen_addresses=', 'max_connections=400', ...(options.durable ? [] : FAST), ...(options.settings ?? [])]
  const command = [join(bin, 'postgres'), '-D', data, '-k', dir, ...settings.flatMap((setting) => ['-c', setting])]
  const server = spawn('sh', ['-c', LEASH, 'sh', ...command], { ...who, env, cwd: '/', detached: true, stdio: ['pipe', out, out] })
  closeSync(out)
  const gone = once(server, 'exit')
  const stop = async () => {
    server.stdin?.end()
    await gone
    rmSync(dir, { recursive: true, force: true })
  }
  try {
    await untilReady(log, () => server.exitCode !== null)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: `postgres://postgres@/postgres?host=${encodeURIComponent(dir)}`, stop }
}
