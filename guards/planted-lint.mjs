// Proves the other guards the same way: the purity rules of Biome, the types that take clock and dice away, the guard at run time
// in the tests, and the typed lint. Each must complain about planted code; a tool that went blind is found here.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import './pure.setup.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const wrong = []

/** Runs a tool; its output must say each of the sentences. */
function mustSay(what, command, args, sentences, cwd = root) {
  const { stdout, stderr, error } = spawnSync(`${root}node_modules/.bin/${command}`, args, { cwd, encoding: 'utf8' })
  const said = `${stdout}${stderr}${error ?? ''}`
  for (const sentence of sentences) if (!said.includes(sentence)) wrong.push(`${what}: does not say "${sentence}"`)
}

/** Biome's rules go by path, and its configuration leaves guards/planted out: so the planted file stands in a copy of the house. */
const IMPURE = `import { readFileSync } from 'node:fs'
export const f = () => [Date.now(), new Date(), Math.random(), [1].map(Math.random), readFileSync]
export const g = () => [fetch, setTimeout, process, console, crypto, performance]
`
const house = mkdtempSync(join(tmpdir(), 'planted-'))
mkdirSync(join(house, 'guards'))
for (const file of ['biome.json', 'guards/pure.grit']) copyFileSync(join(root, file), join(house, file))
for (const home of ['engine', 'leads']) {
  const file = `packages/${home}/src/planted.ts`
  mkdirSync(join(house, file, '..'), { recursive: true })
  writeFileSync(join(house, file), IMPURE)
  mustSay(
    `Biome in ${home}`,
    'biome',
    ['lint', file],
    ['The clock is an input', 'Chance is an input', 'Return an effect', 'Settings are inputs', 'Return a log entry'],
    house,
  )
  mustSay(
    `The types of ${home}`,
    'tsc',
    ['--ignoreConfig', '--noEmit', '--strict', '--lib', 'es2023', `packages/${home}/types/pure.d.ts`, 'guards/planted/typed/impure.ts'],
    ['impure.ts(2,14)', 'impure.ts(3,14)', 'impure.ts(4,14)'],
  )
}
rmSync(house, { recursive: true })

mustSay(
  'oxlint',
  'oxlint',
  ['--type-aware', '-f', 'unix', 'guards/planted/typed/promises.ts'],
  ['promises.ts:5', 'promises.ts:8', 'promises.ts:11', 'promises.ts:15'],
)

/** The same code as seen from a file of the engine, of its tests, and of somebody else. */
const from = (file) => new Function(`return [1].map(Math.random)\n//# sourceURL=file:///house/packages/${file}`)
const throws = (work) => {
  try {
    work()
    return false
  } catch {
    return true
  }
}
if (!throws(from('engine/src/a.ts'))) wrong.push('The guard at run time: silent on a source of the engine')
if (!throws(from('leads/src/a.ts'))) wrong.push('The guard at run time: silent on a source of leads')
if (throws(from('engine/src/a.test.ts'))) wrong.push('The guard at run time: fires on a test')
if (throws(from('db/src/a.ts'))) wrong.push('The guard at run time: fires on db')

if (wrong.length > 0) {
  console.error(`Guards that do not do what they say:\n  ${wrong.join('\n  ')}`)
  process.exit(1)
}
console.log('Purity, clock, dice and promise guards fire on planted code')
