import type { Plugin } from 'vite'

/** What a library brings along although nothing in the pages ever asks for it: a bundler cannot know, since it hangs on what is used. */
const UNUSED: readonly { file: RegExp; instead: string }[] = [
  // Every schema of zod can describe itself as JSON Schema; here they only read. 6 kB.
  {
    file: /\/zod\/v4\/core\/json-schema-processors\.js$/,
    instead: `export const allProcessors = {}
      export const toJSONSchema = () => { throw new Error('JSON Schema is made on the server') }`,
  },
  {
    file: /\/zod\/v4\/core\/to-json-schema\.js$/,
    instead: `const none = () => () => { throw new Error('JSON Schema is made on the server') }
      export { none as createToJSONSchemaMethod, none as createStandardJSONSchemaMethod, none as initializeContext, none as process }
      export { none as processSchema, none as extractDefs, none as finalize, none as handleUnrepresentable }`,
  },
  // Gliding over the canvas blends places and sizes; between colours only CSS does. 4 kB.
  {
    file: /\/d3-color\/dist\/d3-color\.mjs$/,
    instead: `export function color() { return null }
      export { color as rgb, color as hsl, color as lab, color as hcl, color as lch, color as gray, color as cubehelix }`,
  },
]

/** Leaves out of the built pages what they never use. A library that moves its parts makes the build fail, or heavier than its budget. */
export const slim = (): Plugin => ({
  name: 'baton-slim',
  apply: 'build',
  enforce: 'pre',
  load: (id) => UNUSED.find(({ file }) => file.test(id))?.instead,
})
