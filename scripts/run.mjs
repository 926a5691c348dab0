// Every command of package.json: `node scripts/run.mjs start | test | baton | bench | soak | test:real | test:citus | mutate | dev`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, checkNode, install, root } from './setup.mjs'

/** Goes on as another program, in this process: signals, exit code and standard output are its own. */
async function become(file, args) {
  const path = join(root, file)
  process.argv = [process.execPath, path, ...args]
  await import(pathToFileURL(path).href)
}

const server = (args) => become('apps/server/dist/main.js', args)

async function benchmark(file, args) {
  build(['@baton/web', '@baton/server', '@baton/bench'])
  await become(`apps/bench/dist/${file}.js`, args)
}

const commands = {
  async start(args) {
    console.error('Building (a few seconds the first time and after an update) …')
    build()
    console.error('Opening the database (the first time it is made) …')
    await server(['serve', ...args])
  },
  async baton(args) {
    build()
    await server(args)
  },
  test: async () => (await import('./test.mjs')).test(),
  bench: (args) => benchmark('bench', args),
  soak: (args) => benchmark('soak', args),
  'test:real': (args) => benchmark('real', args),
  'test:citus': async () => (await import('./citus.mjs')).citus(),
  mutate: async (args) => (await import('./mutate.mjs')).mutate(args),
  dev: async (args) => (await import('./dev.mjs')).dev(args),
}

checkNode()
const [name = '', ...args] = process.argv.slice(2)
if (!Object.hasOwn(commands, name)) {
  console.error(`node scripts/run.mjs ${Object.keys(commands).join(' | ')}`)
  process.exit(2)
}
install()
await commands[name](args)
