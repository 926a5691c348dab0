// What a browser loads for each entry of the built pages: kB, minified and gzipped, with everything that the entry imports.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * First screen: 200 kB of JavaScript and 20 of CSS; the canvas 260 in all; any other lazy chunk at most 70, charts 25; what works beside the
 * page 150 a worker: a draft is checked and laid out by two that are 120 together, the others are for Simulate.
 */
export const BUDGET = { firstJs: 200, firstCss: 20, canvasJs: 260, lazyJs: 70, chartJs: 25, workerJs: 150 }

/** What is heavier than its goal, and may not become heavier than this until it is mended. */
export const KNOWN = {}

/** What vite calls a worker. */
const WORKER = /\.worker-[\w-]+\.js$/
/** The page that opens the canvas. */
const CANVAS = /\/flow-page\./
/** The chunks with the canvas and what draws it, which nothing outside the editor may load (see `apps/web/chunks.ts`). */
const EDITOR_ONLY = new Set(['canvas', 'drawing'])
/** What the editor loads when it is asked for. */
const EDITOR = /\/editor\//
/** A shared chunk that weighs less, in kB, is not listed. */
const WORTH_NAMING = 20

/**
 * The figures of a build.
 * @param {string} dist the directory of the build, with vite's manifest in it
 * @returns {{ name: string, value: number, goal: number }[]} kB gzipped
 */
export function weigh(dist) {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
  const sizes = new Map()
  const kB = (file) => {
    if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000)
    return sizes.get(file)
  }
  const sum = (files) => [...files].reduce((total, file) => total + kB(file), 0)
  const closure = (key, seen = new Set()) => {
    if (seen.has(key)) return seen
    seen.add(key)
    for (const next of manifest[key].imports ?? []) closure(next, seen)
    return seen
  }
  const js = (keys) => new Set([...keys].map((key) => manifest[key].file).filter((file) => file.endsWith('.js')))
  const css = (keys) => new Set([...keys].flatMap((key) => manifest[key].css ?? []))

  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
  if (!entry) throw new Error(`No entry in ${dist}/.vite/manifest.json`)
  const first = closure(entry)
  const figures = [
    { name: 'first screen, JavaScript', value: sum(js(first)), goal: BUDGET.firstJs },
    { name: 'first screen, CSS', value: sum(css(first)), goal: BUDGET.firstCss },
  ]
  // The manifest does not know them: each is a file of its own, with all that it needs.
  const workers = readdirSync(join(dist, 'assets')).filter((file) => WORKER.test(file))
  for (const file of workers)
    figures.push({ name: `${file.split('-')[0]}, JavaScript`, value: kB(`assets/${file}`), goal: BUDGET.workerJs })
  if (!Object.keys(manifest).some((key) => CANVAS.test(key)))
    throw new Error('No page of the canvas among the entries: has it another name now?')
  for (const key of Object.keys(manifest).filter((it) => manifest[it].isDynamicEntry && !CANVAS.test(it) && !EDITOR.test(it))) {
    if ([...closure(key)].some((it) => EDITOR_ONLY.has(manifest[it].name)))
      throw new Error(`${key} loads the canvas: name what they share in apps/web/chunks.ts`)
  }
  for (const [key, chunk] of Object.entries(manifest)) {
    if (first.has(key) || !chunk.file.endsWith('.js')) continue
    const name = chunk.name ?? key
    // Opening the canvas is measured with everything it needs; of other pages, each chunk by itself, as browsers keep the shared ones.
    if (CANVAS.test(key))
      figures.push({ name: `${name}, JavaScript in all`, value: sum(js(new Set([...first, ...closure(key)]))), goal: BUDGET.canvasJs })
    else if (chunk.isDynamicEntry || kB(chunk.file) > WORTH_NAMING)
      figures.push({ name: `${name}, JavaScript`, value: kB(chunk.file), goal: /chart|plot/i.test(key) ? BUDGET.chartJs : BUDGET.lazyJs })
  }
  return figures
}
