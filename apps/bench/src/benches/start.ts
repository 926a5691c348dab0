import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure, median } from '../figures.ts'
import { root } from '../root.ts'
import { startServer } from '../server.ts'

const WARM = 5

/** The floor: the embedded database opened by a process that does nothing else. */
const BARE = `import { PGlite } from '@electric-sql/pglite'
const db = await PGlite.create(process.argv[1])
await db.query('select 1')
await db.close()`

/** Milliseconds that a command takes; it throws when the command fails. */
function time(command: string, args: readonly string[], cwd: string, env: Record<string, string> = {}): number {
  const from = performance.now()
  const done = spawnSync(command, [...args], { cwd, env: { ...process.env, ...env }, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${done.stdout}\n${done.stderr}\n${done.error ?? ''}`)
  return performance.now() - from
}

const bare = (dir: string) => time(process.execPath, ['--input-type=module', '-e', BARE, '--', dir], join(root, 'apps/bench'))
const part = (call: string) => ['--input-type=module', '-e', `import { ${call} } from './scripts/setup.mjs'; ${call}()`]

/**
 * From a fresh clone and an empty home directory to the first good answer, with its parts; then again as on every later day. The
 * baseline of a server's start is the embedded database opened alone, on the same machine in the same run.
 */
export async function start(): Promise<Figure[]> {
  const place = mkdtempSync(join(tmpdir(), 'baton-start-'))
  try {
    const clone = join(place, 'clone')
    const home = join(place, 'home')
    mkdirSync(home)
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${root}`, clone], { stdio: 'pipe' })
    const env = { HOME: home, XDG_DATA_HOME: '', XDG_CACHE_HOME: '', npm_config_cache: join(home, 'npm'), DATA_DIR: join(place, 'data') }
    console.error('cold: install, build and first start in a fresh clone …')
    const install = time(process.execPath, part('install'), clone, env)
    const build = time(process.execPath, part('build'), clone, env)
    const bareCold = bare(join(place, 'bare'))
    const main = join(clone, 'apps/server/dist/main.js')
    const first = await startServer(env, [process.execPath, main, 'serve'], clone)
    await first.stop()

    console.error(`warm: ${WARM} times npm start …`)
    const all: number[] = []
    const servers: number[] = []
    const floors: number[] = []
    for (let i = 0; i < WARM; i++) {
      floors.push(bare(join(place, 'bare')))
      const server = await startServer(env, [process.execPath, main, 'serve'], clone)
      await server.stop()
      servers.push(server.startedIn)
      const npm = await startServer(env, ['npm', 'start'], clone)
      await npm.stop()
      all.push(npm.startedIn)
    }
    const ms = { unit: 'ms', better: 'smaller' } as const
    return [
      figure({ ...ms, name: 'cold, all', value: install + build + first.startedIn, baseline: install + build + bareCold, goal: 1.5 }),
      figure({ ...ms, name: 'cold, install packages', value: install }),
      figure({ ...ms, name: 'cold, build', value: build }),
      figure({ ...ms, name: 'cold, server to healthy', value: first.startedIn, baseline: bareCold }),
      figure({ ...ms, name: 'warm, npm start to healthy', value: median(all), baseline: median(floors), goal: 5 }),
      figure({ ...ms, name: 'warm, server to healthy', value: median(servers), baseline: median(floors) }),
    ]
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
}
