import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { postgresBinaries } from '@baton/db/testing'
import { root } from '../root.ts'
import type { Circumstances } from './page.ts'

const said = (command: string, args: readonly string[]) => execFileSync(command, [...args], { cwd: root, encoding: 'utf8' }).trim()

function postgres(): string {
  if (process.env.TEST_PG_URL) return 'the PostgreSQL of TEST_PG_URL'
  const bin = postgresBinaries()
  return bin ? `PostgreSQL ${/(\d[\d.]*)/.exec(said(join(bin, 'postgres'), ['--version']))?.[1]}` : 'no PostgreSQL'
}

/** What a run is about to be made with, and what else the machine is busy with. No names of machines and no paths: the page is for everybody. */
export function circumstances(command: string, now: Date): Circumstances {
  const [cpu] = cpus()
  const gib = Math.round(totalmem() / 2 ** 30)
  const changed = said('git', ['status', '--porcelain', '--', 'apps', 'packages']) !== ''
  return {
    command,
    date: now.toISOString().slice(0, 10),
    commit: `${said('git', ['rev-parse', '--short=9', 'HEAD'])}${changed ? ' with changes' : ''}`,
    machine: `${cpus().length} cores${cpu ? ` (${cpu.model.trim()})` : ''}, ${gib} GiB, ${postgres()}, Node ${process.versions.node}`,
    load: loadavg()[0] ?? 0,
  }
}
