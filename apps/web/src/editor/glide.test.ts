import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const bare = /(fitView|fitBounds|setCenter|setViewport|zoomIn|zoomOut|zoomTo)\([^\n]*\bduration: \d/

test('the view never glides but by `glide`, which asks whether it may', () => {
  const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((it) => /\.tsx?$/.test(it) && !it.endsWith('.test.ts'))
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.filter((it) => bare.test(readFileSync(here + it, 'utf8')))).toEqual([])
})
