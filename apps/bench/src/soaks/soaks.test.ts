import { join } from 'node:path'
import { noteDatabase } from '@baton/db/testing'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clock } from './clock.ts'
import { database } from './database.ts'
import { freeze } from './freeze.ts'
import { kill } from './kill.ts'
import { network } from './network.ts'
import { poison } from './poison.ts'
import { publish } from './publish.ts'
import { FEW, routingOf } from './routing.ts'

const HERE = join(import.meta.dirname, '../..')
/** Under the package, so that it finds what is installed. */
const BUILT = join(HERE, 'reports/agent')

beforeAll(async () => {
  process.env.BATON_MIGRATIONS = join(HERE, '../../packages/db/drizzle')
  process.env.BATON_AGENT = join(BUILT, 'agent.js')
  await build({
    configFile: false,
    logLevel: 'error',
    root: HERE,
    build: { ssr: 'src/agent.ts', outDir: BUILT, target: 'node20', emptyOutDir: true },
    ssr: { noExternal: [/^@baton\//] },
  })
}, 120_000)

/** A few fixed rounds each; the commands run as many as one likes. Kill and clock have one on the embedded database. */
describe.each([
  ['kill', kill, [1, 5]],
  ['freeze', freeze, [2]],
  ['database', database, [2]],
  ['network', network, [2, 3]],
  ['clock', clock, [7, 8]],
  ['poison', poison, [1, 3]],
  ['publish', publish, [1, 4]],
  ['routing', routingOf(FEW), [1, 2]],
] as const)('a soak of %s', (name, soak, seeds) => {
  afterAll(async () => {
    await soak.close?.()
    if (name === 'kill') for (const kind of ['pg', 'pglite'] as const) noteDatabase('soak', kind)
  })

  test.each(seeds)(
    'seed %i: nothing is lost and nothing is done twice',
    async (seed) => {
      const { wrong, seen } = await soak.round(seed)
      expect(wrong).toEqual([])
      expect(seen.length).toBeGreaterThan(0)
      for (const it of seen) expect(soak.all).toContain(it)
    },
    240_000,
  )
})

test('a soak of publish finds who is lost, a log that is falsified, and a mail that goes out twice', { timeout: 240_000 }, async () => {
  const { wrong } = await publish.round(2, { inject: 'lost,log,mail' })
  await publish.close?.()
  const said = wrong.join('\n')
  expect(said).toContain('is lost')
  expect(said).toContain('went by elsewhere')
  expect(said).toContain('The mail server got once-more@example.com 2 times')
})
