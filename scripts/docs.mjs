// Holds the prose against the house: every relative link, path, command and setting that a .md file names must exist. Prose rots first.
// Wants a build, as it asks the command line itself about its commands and settings.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { root } from './setup.mjs'

const SERVER = join(root, 'apps/server/dist/main.js')
const HOMES = /^(?:apps|packages|docs|scripts|guards|\.ci)\/[\w./@-]*\w$/
const scripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts

/** The anchor that a heading gets. */
const slug = (heading) =>
  heading
    .toLowerCase()
    .replace(/[`*_]/g, '')
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s/g, '-')

const anchors = (text) => [...text.matchAll(/^#+ (.+)$/gm)].map((match) => slug(match[1]))

/** What is wrong with the links of a text: files that are not there, headings that are not in them. */
function badLinks(file, text, read) {
  const wrong = []
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?|mailto):/.test(target)) continue
    const [path = '', anchor] = target.split('#')
    const to = path === '' ? file : normalize(join(dirname(file), path))
    const there = read(to)
    if (there === undefined) wrong.push(`links to ${target}, which is not there`)
    else if (anchor && to.endsWith('.md') && !anchors(there).includes(anchor))
      wrong.push(`links to ${target}, and ${to} has no such heading`)
  }
  return wrong
}

/** Everything a text sets as code: spans, and the lines of blocks without their comments. */
function codeOf(text) {
  const blocks = [...text.matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)].flatMap((match) => match[1].split('\n'))
  const prose = text.replace(/^```[\s\S]*?^```/gm, '')
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map((match) => match[1])
  return { spans, commands: [...spans, ...blocks].map((line) => line.replace(/\s+#.*$/, '').trim()).filter(Boolean) }
}

const known = new Map()
/** Whether `baton WORDS --help` knows the words as a command. */
function isCommand(words) {
  const key = words.join(' ')
  if (!known.has(key)) {
    const { status, stdout } = spawnSync(process.execPath, [SERVER, ...words, '--help'], { encoding: 'utf8' })
    known.set(key, status === 0 && stdout.includes(`Usage: baton ${key}`))
  }
  return known.get(key)
}

/** What is wrong with a command, or undefined. */
function badCommand(line) {
  const npm = /^(?:\w+=\S* )*npm (?:run )?([\w:]+)(?: -- (.*))?$/.exec(line)
  if (npm && !/^(install|ci|exec)$/.test(npm[1])) {
    if (!scripts[npm[1]]) return `there is no "npm run ${npm[1]}"`
    if (
      npm[1] === 'bench' &&
      npm[2] &&
      /^[a-z]/.test(npm[2]) &&
      !existsSync(join(root, `apps/bench/src/benches/${npm[2].split(' ')[0]}.ts`))
    )
      return `there is no benchmark "${npm[2]}"`
  }
  const baton = npm?.[1] === 'baton' ? npm[2] : /^(?:\w+=\S* )*node apps\/server\/dist\/main\.js (.*)$/.exec(line)?.[1]
  const words = (baton ?? '').split(' ').filter((_word, i, all) => all.slice(0, i + 1).every((one) => /^[a-z]+$/.test(one)))
  if (words.length > 0 && !isCommand(words)) return `"baton ${words.join(' ')}" is no command`
  return undefined
}

function settings() {
  const help = execFileSync(process.execPath, [SERVER, 'serve', '--help'], { encoding: 'utf8' })
  return [...help.matchAll(/^\s+([A-Z][A-Z_]+)\s/gm)].map((match) => match[1])
}

function main() {
  const wrong = []
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((file) => file && existsSync(join(root, file)))
  const read = (path) => (existsSync(join(root, path)) ? (path.endsWith('.md') ? readFileSync(join(root, path), 'utf8') : '') : undefined)
  for (const file of files) {
    const text = read(file) ?? ''
    const say = (what) => wrong.push(`${file}: ${what}`)
    badLinks(file, text, read).forEach(say)
    const { spans, commands } = codeOf(text)
    for (const span of spans)
      if (HOMES.test(span) && !/\/dist\//.test(span) && !existsSync(join(root, span))) say(`names ${span}, which is not there`)
    for (const line of commands) {
      const bad = badCommand(line)
      if (bad) say(bad)
    }
  }
  const names = settings()
  if (names.length === 0) wrong.push('"baton serve --help" lists no settings')
  for (const file of ['README.md', 'docs/operations.md']) {
    const listed = [...(read(file) ?? '').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1])
    for (const name of names) if (!listed.includes(name)) wrong.push(`${file}: the setting ${name} is not listed`)
    for (const name of listed) if (!names.includes(name)) wrong.push(`${file}: lists ${name}, which "baton serve --help" does not know`)
  }
  if (wrong.length > 0) {
    console.error(wrong.join('\n'))
    process.exit(1)
  }
  console.log(`${files.length} documents: links, paths, commands and settings exist`)
}

if (!existsSync(SERVER)) {
  console.error('There is no build to ask about its commands: npx turbo run build')
  process.exit(1)
}
main()
