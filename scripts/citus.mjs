// `npm run test:citus`: the suites of the database and of the runner on a real Citus, and what only such a one can show.
import { join } from 'node:path'
import { root, run } from './setup.mjs'

const MISSING = `CITUS_URL is not set. It is the address of a database on the coordinator of a Citus that tests may use, as a superuser:

  CITUS_URL=postgres://postgres@127.0.0.1:5432/postgres npm run test:citus

There "create extension citus" has been run, and it knows its machines: citus_set_coordinator_host(…), citus_add_node(…). Every test
makes databases of its own beside it, on each machine, and drops them. docs/scale.md says more.`

const SUITES = [
  ['packages/db', ['run', '--config', 'vitest.citus.ts']],
  ['apps/server', ['run', '--config', 'vitest.citus.ts']],
]

export function citus() {
  if (!process.env.CITUS_URL) {
    console.error(MISSING)
    process.exit(2)
  }
  const codes = SUITES.map(([folder, args]) => {
    const cwd = join(root, folder)
    return run(join(cwd, 'node_modules/.bin/vitest'), args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  })
  process.exit(codes.every((code) => code === 0) ? 0 : 1)
}
