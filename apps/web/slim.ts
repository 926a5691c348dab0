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
]

/** Leaves out of the built pages what they never use. */
export const slim = (): Plugin => ({
  name: 'baton-slim',
  apply: 'build',
  enforce: 'pre',
  transform(code, id) {
    const found = UNUSED.find(({ file }) => file.test(id))
    return found ? { code: allAs(found.instead, code), map: null } : undefined
  },
})
