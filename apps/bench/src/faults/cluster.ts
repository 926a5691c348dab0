import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { postgresBinaries } from '@baton/db/testing'

const run = promisify(execFile)

/** A PostgreSQL of one's own that is stopped and started again on the same data. */
export interface Cluster {
  url: string
  /** The socket it listens on. */
  socket: string
  /** `fast` ends what is under way and closes the files; `immediate` is as if it had crashed. */
  stop(how: 'fast' | 'immediate'): Promise<void>
  /** Whether it runs: with a full disk it may have ended by itself. */
  running(): boolean
  start(): Promise<void>
  close(): Promise<void>
}

/** stdin is the leash: when this process ends, however it ends, the server goes too. */
const LEASH = '"$@" & p=$!; cat >/dev/null; kill -QUIT $p 2>/dev/null; wait $p'
/** What was acknowledged outlives a crash of the server; only a power cut would lose it. */
const SETTINGS = ['listen_addresses=', 'max_connections=100', 'fsync=off', 'full_page_writes=off', 'synchronous_commit=on']
const STARTS_WITHIN = 60_000

/** PostgreSQL refuses to run as root. */
function account(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/**
 * Makes a cluster and starts it.
 * @param home where its data lies; a folder of its own unless given
 */
export async function openCluster({ home, settings = [] }: { home?: string; settings?: readonly string[] } = {}): Promise<Cluster> {
  const found = postgresBinaries()
  if (found === undefined) throw new Error('No PostgreSQL programs: set TEST_PG_BIN to the folder of initdb and postgres.')
  const bin: string = found
  const who = account()
  const own = mkdtempSync(join(tmpdir(), 'pg-'))
  const data = join(home ?? own, 'data')
  for (const dir of [own, data]) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    if (who.uid !== undefined && who.gid !== undefined) chownSync(dir, who.uid, who.gid)
  }
  const options = { ...who, env: { PATH: process.env.PATH, LC_ALL: 'C' }, cwd: own }
  await run(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--wal-segsize=1'], options)
  const log = join(own, 'log')
  const flags = [...SETTINGS, ...settings].flatMap((it) => ['-c', it])
  let server: ReturnType<typeof spawn> | undefined

  const running = () => execStatus(bin, data, options)
  async function start(): Promise<void> {
    const out = openSync(log, 'w')
    const command = [join(bin, 'postgres'), '-D', data, '-k', own, ...flags]
    server = spawn('sh', ['-c', LEASH, 'sh', ...command], { ...options, detached: true, stdio: ['pipe', out, out] })
    closeSync(out)
    const until = performance.now() + STARTS_WITHIN
    while (!readFileSync(log, 'utf8').includes('ready to accept connections')) {
      if (performance.now() > until) throw new Error(`PostgreSQL did not start:\n${readFileSync(log, 'utf8')}`)
      await pause(20)
    }
  }
  async function drop(): Promise<void> {
    const gone = server && server.exitCode === null ? once(server, 'exit') : undefined
    server?.stdin?.end()
    await gone
    server = undefined
  }
  await start()
  return {
    url: `postgres://postgres@/postgres?host=${encodeURIComponent(own)}`,
    socket: join(own, '.s.PGSQL.5432'),
    running,
    async stop(how) {
      if (running()) await run(join(bin, 'pg_ctl'), ['stop', '-D', data, '-m', how, '-w'], options)
      await drop()
    },
    async start() {
      await drop()
      await start()
    },
    async close() {
      await drop()
      rmSync(own, { recursive: true, force: true })
    },
  }
}

function execStatus(bin: string, data: string, options: object): boolean {
  try {
    execFileSync(join(bin, 'pg_ctl'), ['status', '-D', data], { ...options, stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}
