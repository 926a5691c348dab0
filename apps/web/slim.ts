import type { Plugin } from 'vite'

/** Every name that a file of a library gives out. */
const namesOf = (code: string): string[] => [
  ...[...code.matchAll(/^export (?:const|let|function|class) (\w+)/gm)].map(([, name = '']) => name),
  ...[...code.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, list = '']) =>
    list.split(',').map((it) => it.trim().split(' as ').at(-1) ?? ''),
  ),
]

/** The same names, all of which are one thing. */
const allAs = (thing: string, code: string) =>
  `${thing}\nexport { ${namesOf(code)
    .filter((name) => name !== '')
    .map((name) => `unused as ${name}`)
    .join(', ')} }`

/** What a library brings along although nothing in the pages ever asks for it: a bundler cannot know, since it hangs on what is used. */
const UNUSED: readonly { file: RegExp; instead: string }[] = [
  // Every schema of zod can describe itself as JSON Schema, which is made on the server only; here they just read. 6 kB.
  {
    file: /\/zod\/v4\/core\/(?:json-schema-processors|to-json-schema)\.js$/,
    instead: `const unused = () => () => { throw new Error('JSON Schema is made on the server') }`,
  },
  // Gliding over the canvas blends places and sizes; between colours only CSS does. 4 kB.
  { file: /\/d3-color\/dist\/d3-color\.mjs$/, instead: 'function unused() { return null }' },
  // Controls of Mantine take their colours from the tokens; none is given one of its own. 2 kB.
  {
    file: /\/default-variant-colors-resolver\.mjs$/,
    instead: `const unused = () => { throw new Error('Controls have no colour of their own') }`,
  },
]

/** What a schema of zod can be asked for that nobody here asks for, each with what it needs: 7 kB. */
const UNASKED =
  'email jwt emoji guid uuid uuidv4 uuidv6 uuidv7 nanoid cuid cuid2 ulid base64 base64url xid ksuid ipv4 ipv6 cidrv4 cidrv6 e164 lowercase uppercase normalize slugify length nonempty ' +
  'superRefine overwrite exactOptional nonoptional and catch pipe readonly validateAsync encode decode encodeAsync decodeAsync safeEncode safeDecode safeEncodeAsync ' +
  'safeDecodeAsync parseAsync safeParseAsync safeExtend exactPartial required properties pick omit'
const unasked = UNASKED.split(' ')
/** A method in the file of zod that gives schemas theirs. */
const METHOD = new RegExp(
  `^    (?:async )?(?:${unasked.join('|')})(?:: (?:async )?function \\w+)?\\([^\\n]*\\) \\{\\n(?: {8}.*\\n)*    \\},\\n`,
  'gm',
)
/** The same, asked for. */
const ASKED = new RegExp(`\\.(?:${unasked.join('|')})\\(`)
/** Data that goes round in circles cannot come out of JSON, which is all that is read here. */
const CIRCLES = '    if (!core.globalConfig.memoizer)\n        core.config({ memoizer: core.memoizer() });\n'

/** The schemas of zod without what nobody asks them for. */
function plainSchemas(code: string): string {
  const plain = code.replace(METHOD, '').replace(CIRCLES, '')
  const left = unasked.filter((name) => new RegExp(`^    (?:async )?${name}[(:]`, 'm').test(plain))
  if (left.length > 0 || !code.includes(CIRCLES)) throw new Error(`zod is written differently now: read slim.ts again (${left.join(', ')})`)
  return plain
}

/** What d3 can do with elements, by the end of its file's name; dragging and zooming ask for little of it. 5 kB. */
const D3 = {
  '/d3-selection.mjs':
    'select selectAll selectChild selectChildren data enter exit join merge order sort nodes size empty attr classed text html raise lower append insert remove clone dispatch',
  '/d3-transition.mjs':
    'select selectAll selectChild selectChildren filter merge transition nodes node size empty attr attrTween style styleTween text textTween remove delay easeVarying end',
}

/** Drags and zooms without what is done to pictures with d3 otherwise. */
function plainElements(code: string, names: readonly string[]): string {
  const lines = new RegExp(`^  (?:${names.join('|')}): (?:transition_|selection_prototype\\.|selection_)\\w+,\\n`, 'gm')
  if (code.match(lines)?.length !== names.length) throw new Error('d3 is written differently now: read slim.ts again')
  return code.replace(lines, '')
}

/** Leaves out of the built pages what they never use. */
export const slim = (): Plugin => ({
  name: 'baton-slim',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    const found = UNUSED.find(({ file }) => file.test(id))
    if (found) return { code: allAs(found.instead, code), map: null }
    // Parts of the canvas library that nobody uses stay because their names are written to them.
    if (id.endsWith('/@xyflow/react/dist/esm/index.js')) return { code: code.replace(/^\w+\.displayName = '\w+';\n/gm, ''), map: null }
    const d3 = Object.entries(D3).find(([end]) => id.endsWith(end))
    if (d3) return { code: plainElements(code, d3[1].split(' ')), map: null }
    if (id.endsWith('/zod/v4/classic/schemas.js')) return { code: plainSchemas(code), map: null }
    const asked = !id.includes('/node_modules/') && code.includes(`from 'zod'`) ? ASKED.exec(code) : null
    if (asked) this.error(`${id} asks a schema for ${asked[0]}…), which slim.ts leaves out of the pages`)
    return undefined
  },
})
