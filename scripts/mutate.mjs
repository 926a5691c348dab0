// `npm run mutate -- engine advance condition`: every small change of these sources must fail a test. Without folders: the whole package.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { env, root, run } from './setup.mjs'

const PACKAGES = ['engine', 'leads']

/** Exits with 1 where less than four fifths of the changes are noticed. */
export function mutate([name = '', ...folders]) {
  const cwd = join(root, 'packages', name)
  const missing = folders.find((it) => !existsSync(join(cwd, 'src', it)))
  if (!PACKAGES.includes(name) || missing !== undefined) {
    console.error(`npm run mutate -- ${PACKAGES.join(' | ')} [folder or file of src …]${missing ? `; there is no src/${missing}` : ''}`)
    process.exit(2)
  }
  const sources = folders.flatMap((it) => (it.endsWith('.ts') ? [`src/${it}`] : [`src/${it}/**/*.ts`, `!src/${it}/**/*.test.ts`]))
  const only = sources.length === 0 ? [] : ['--mutate', sources.join(',')]
  const code = run(join(cwd, 'node_modules/.bin/stryker'), ['run', '../../guards/stryker.config.mjs', ...only], {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...env, BATON_MUTATES: folders.length === 0 ? 'simulate' : folders.join(' ') },
  })
  process.exit(code)
}
