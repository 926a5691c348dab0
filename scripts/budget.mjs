// Fails when the built pages are heavier than their budget. `node scripts/budget.mjs [DIST]`; the benchmark `bundle` has the same figures.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { KNOWN, weigh } from './weigh.mjs'

const dist = process.argv[2] ?? fileURLToPath(new URL('../apps/web/dist', import.meta.url))
if (!existsSync(join(dist, '.vite/manifest.json'))) {
  console.error(`There is no build in ${dist}: npx turbo run build`)
  process.exit(1)
}
for (const { name, value, goal } of weigh(dist)) {
  const over = value > Math.max(goal, KNOWN[name] ?? 0)
  if (over) process.exitCode = 1
  const word = over ? 'OVER' : value > goal ? 'late' : 'ok  '
  console.log(`${word} ${value.toFixed(1).padStart(6)} of ${goal} kB  ${name}`)
}
