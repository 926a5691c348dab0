// What a browser loads for each entry of the built pages: kB, minified and gzipped, with everything that the entry imports.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/**
 * First screen: 200 kB of JavaScript and 20 of CSS; the canvas 260 in all; any other page brings at most 70 of its own.
 * Where a page's own chunk is a library (charts), 25.
 */
export const BUDGET = { firstJs: 200, firstCss: 20, canvasJs: 260, lazyJs: 70, chartJs: 25 }

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
  for (const [key, chunk] of Object.entries(manifest)) {
    if (!chunk.isDynamicEntry) continue
    const all = closure(key)
    const own = new Set([...all].filter((one) => !first.has(one)))
    const name = chunk.name ?? key
    if (/canvas|editor/i.test(key))
      figures.push({ name: `${name}, JavaScript in all`, value: sum(js(new Set([...first, ...all]))), goal: BUDGET.canvasJs })
    else
      figures.push({
        name: `${name}, JavaScript of its own`,
        value: sum(js(own)),
        goal: /chart|plot/i.test(key) ? BUDGET.chartJs : BUDGET.lazyJs,
      })
  }
  return figures
}
