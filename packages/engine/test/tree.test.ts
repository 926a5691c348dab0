import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sampleCatalog } from '../fixtures/index.ts'
import { subject } from '../src/condition/index.ts'
import { checkFlow, kindOf, kinds, operator, parseConfig, parseGraph } from '../src/index.ts'

const root = join(import.meta.dirname, '..')
const files = (dir: string): string[] =>
  readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' })
    .filter((it) => it.endsWith('.ts'))
    .map((it) => join(dir, it))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const isTest = (path: string) => path.endsWith('.test.ts')

describe('SPEC.md', () => {
  const spec = read('SPEC.md')
  const rules = new Set([...spec.matchAll(/\*\*(E-\d+)\*\*/g)].map((it) => it[1]))
  const tests = [...files('src'), ...files('test')].filter(isTest)
  const titles = tests.flatMap((path) => [...read(path).matchAll(/(?<=['"`\s])E-\d+/g)].map((it) => it[0]))

  test('every rule is cited by the title of a test', () => {
    const cited = new Set(titles)
    expect([...rules].filter((it) => it !== undefined && !cited.has(it))).toEqual([])
  })

  test('every rule that code or tests cite is written down, once', () => {
    const cited = [...files('src'), ...files('test')].flatMap((path) => [...read(path).matchAll(/(?<![A-Za-z])E-\d+/g)].map((it) => it[0]))
    expect([...new Set(cited)].filter((it) => !rules.has(it))).toEqual([])
    expect([...spec.matchAll(/\*\*(E-\d+)\*\*/g)]).toHaveLength(rules.size)
  })
})

describe('codes', () => {
  test('every code of an issue stands in SPEC.md, and none that no code gives', () => {
    const spec = read('SPEC.md')
    const [, list = ''] = /Codes of issues: ([\s\S]*?)\.\n\n/.exec(spec) ?? []
    const written = [...list.matchAll(/`([^`]+)`/g)].map((it) => it[1] ?? '')
    const source = files('src').filter((path) => !isTest(path))
    const given = source.flatMap((path) => {
      const text = read(path)
      const checks =
        path.startsWith(join('src', 'check')) || path.endsWith('parse-config.ts') || path.endsWith('inline.ts')
          ? [...text.matchAll(/code: '([^']+)'/g)]
          : []
      return [...checks, ...text.matchAll(/\bfault(?:Around)?\('([^']+)'/g), ...text.matchAll(/'(condition\.[a-z]+)'/g)].map(
        (it) => it[1] ?? '',
      )
    })
    const missing = [...read('src/check/missing-reference.ts').matchAll(/^ {2}(\w+): \{/gm)]
      .map((it) => `missing-${it[1]}`)
      .filter((it) => it !== 'missing-event')
    expect([...new Set(written)].sort()).toEqual([...new Set([...given, ...missing])].sort())
  })
})

describe('reasons', () => {
  test('the codes are a closed list in SPEC.md, each with what it says, in order', () => {
    const [, table = ''] = /## Reason codes\n([\s\S]*)$/.exec(read('SPEC.md')) ?? []
    const written = [...table.matchAll(/^\| `([^`]+)` \| \S/gm)].map((it) => it[1] ?? '')
    const given = [...files('src/state/reasons'), 'src/state/reason.ts'].flatMap((path) =>
      [...read(path).matchAll(/\bcode: ((?:'[^']+'(?: \| )?)+)/g)].flatMap((it) =>
        [...(it[1] ?? '').matchAll(/'([^']+)'/g)].map((code) => code[1] ?? ''),
      ),
    )
    expect(written).toEqual([...new Set(given)].sort())
  })
})

describe('kinds', () => {
  const types = Object.keys(kinds)
  // Words that mean something else as well (a category, a subject, an effect) count only where they are compared with a node's type.
  const compared = types.map((it) => new RegExp(`\\btype\\s*[!=]==?\\s*'${it}'|'${it}'\\s*[!=]==?\\s*[\\w.]*\\btype\\b`))
  const unmistakable = types.filter((it) => it.includes('-') || it === 'branch').map((it) => new RegExp(`(?<!import[^\\n]*)'${it}'`))

  test('E-94 no code outside its folder names a kind', () => {
    const found = files('src')
      .filter((path) => !isTest(path))
      .flatMap((path) => {
        const own = types.find((it) => path.startsWith(join('src', 'nodes', it, '/')))
        return [...compared, ...unmistakable]
          .filter((it) => it.test(read(path)) && !(own && it.source.includes(`'${own}'`)))
          .map((it) => `${path}: ${it.source}`)
      })
    expect(found).toEqual([])
  })

  test('E-94 every folder of nodes is a kind, and every kind has a folder', () => {
    const folders = readdirSync(join(root, 'src/nodes'), { withFileTypes: true }).flatMap((it) => (it.isDirectory() ? [it.name] : []))
    expect(folders.sort()).toEqual([...types].sort())
  })
})

describe('files', () => {
  test('none is longer than 400 lines', () => {
    const long = [...files('src'), ...files('testing'), ...files('test')].filter((path) => read(path).split('\n').length > 400)
    expect(long).toEqual([])
  })
})

describe('docs/flow-format.md', () => {
  const doc = readFileSync(join(root, '../../docs/flow-format.md'), 'utf8')

  test('its example is a flow that passes the checks', () => {
    const [, example = ''] = /```json\n([\s\S]*?)```/.exec(doc) ?? []
    const graph = parseGraph(JSON.parse(example))
    if (!('ok' in graph)) throw new Error(JSON.stringify(graph.error))
    expect(checkFlow(graph.ok, sampleCatalog)).toEqual([])
  })

  test('has a row for every reason code, with every field that a recorded run gives it', () => {
    const log = doc.split('## The log')[1]?.split('## Tests')[0] ?? ''
    const rows = log.split('\n').flatMap((line) => (line.startsWith('| `') ? [line.split('|').map((it) => it.trim())] : []))
    const rowOf = (code: string) => rows.find(([, codes]) => codes?.split(' · ').includes(`\`${code}\``))?.[2]
    const [, table = ''] = /## Reason codes\n([\s\S]*)$/.exec(read('SPEC.md')) ?? []
    const codes = [...table.matchAll(/^\| `([^`]+)` \| \S/gm)].map((it) => it[1] ?? '')
    expect(codes.filter((it) => rowOf(it) === undefined)).toEqual([])
    const journals = readdirSync(join(root, 'fixtures'), { recursive: true, encoding: 'utf8' }).filter((it) =>
      it.endsWith('.journal.jsonl'),
    )
    const lines = journals.flatMap((it) => read(join('fixtures', it)).trim().split('\n'))
    const unsaid = lines.flatMap((line) => {
      const { code, ...fields }: { code: string } = JSON.parse(line).reason
      // Said once for all ways of hand-offs.
      const always = code.startsWith('handoff.') ? ['joined', 'restedUntil'] : []
      return Object.keys(fields).flatMap((it) => (always.includes(it) || rowOf(code)?.includes(`\`${it}\``) ? [] : [`${code} ${it}`]))
    })
    expect([...new Set(unsaid)]).toEqual([])
  })

  test('names every subject of a condition', () => {
    const subjects = subject.options.map((it) => it.shape.kind.value)
    expect(subjects.length).toBeGreaterThan(10)
    expect(subjects.filter((it) => !doc.includes(`{kind: "${it}"`))).toEqual([])
  })

  test('names every kind with every port it has when fresh, and every operator', () => {
    for (const kind of Object.values(kinds)) {
      const row = doc.split('\n').find((it) => it.startsWith(`| \`${kind.type}\``)) ?? ''
      const config = parseConfig<unknown>(kind, kind.defaults())
      const ports = 'ok' in config ? (kindOf(kind.type)?.ports(config.ok) ?? []) : []
      for (const { id } of ports) expect(row).toMatch(new RegExp(id === 'case-1' ? 'each case' : `\`${id}\``))
      expect(row).not.toBe('')
    }
    for (const op of operator.options) expect(doc).toContain(`\`${op}\``)
  })
})
