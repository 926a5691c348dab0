// What no other tool looks at: the shape of the tree itself.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const ROOM =
  /^(?:\.[^/]+|apps|packages|docs|guards|scripts|package\.json|tsconfig\.json|pnpm-workspace\.yaml|pnpm-lock\.yaml|turbo\.json|biome\.json|README\.md|LICENSE)$/
const CODE = /\.(?:ts|tsx|mjs|css)$/
/** Tests and fixtures, and programs that draw flows of their own to measure or break something, name kinds as a flow file does. */
const TEST = /\.test(?:-d)?\.tsx?$|\/test\/|\/testing\/|\/fixtures\/|^apps\/(?:e2e|bench)\//
/** Look twice at 300 lines, ask at 400 which second thing lives there. */
const LONGEST = 400

const kinds = existsSync(join(root, 'packages/engine/src/nodes'))
  ? readdirSync(join(root, 'packages/engine/src/nodes'), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []))
  : []
/** A kind that is a plain word (wait, exit) may be a word elsewhere; asking a node whether it is of that kind is not. */
const literal = new RegExp(`['"](${kinds.filter((kind) => kind.includes('-')).join('|')})['"]|\\.type [!=]== '(${kinds.join('|')})'`)
const atHome = (file, kind) => file.includes(`/nodes/${kind}/`) || /\/nodes\/[^/]+\.tsx?$/.test(file)

/** Each takes a file's path and lines, and returns what is wrong with it. */
const rules = [
  (file) =>
    ROOM.test(file.split('/')[0])
      ? []
      : ['the root holds only what belongs to the whole house; put it into apps, packages, docs, guards or scripts'],
  (file, lines) => (CODE.test(file) && lines.length > LONGEST + 1 ? [`${lines.length - 1} lines; which second thing lives here?`] : []),
  (file, lines) =>
    CODE.test(file) && !file.startsWith('guards/')
      ? lines.flatMap((line, i) =>
          /\b(?:TODO|FIXME|XXX|HACK)\b/.test(line) ? [`line ${i + 1}: a note to oneself; do it or leave it`] : [],
        )
      : [],
  (_file, lines) =>
    lines.flatMap((line, i) => (/(?<![\w.])\/(?:work|home\/\w+|Users)\//.test(line) ? [`line ${i + 1}: a path of one machine`] : [])),
  (file, lines) =>
    CODE.test(file) && !TEST.test(file) && !file.startsWith('guards/')
      ? lines.flatMap((line, i) => {
          const found = literal.exec(line)
          const kind = found?.[1] ?? found?.[2]
          return kind && !atHome(file, kind) ? [`line ${i + 1}: names the kind "${kind}" outside its folder; ask the registry`] : []
        })
      : [],
]

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(
    (file) =>
      file && existsSync(join(root, file)) && !/^(?:pnpm-lock\.yaml|LICENSE)$|^packages\/db\/drizzle\/|\.(?:png|woff2?|ico|gz)$/.test(file),
  )
const wrong = files.flatMap((file) => {
  const lines = readFileSync(join(root, file), 'utf8').split('\n')
  return rules.flatMap((rule) => rule(file, lines)).map((what) => `${file}: ${what}`)
})
if (wrong.length > 0) {
  console.error(wrong.join('\n'))
  process.exit(1)
}
console.log(`${files.length} files stand where they should`)
