import { expect, test } from 'vitest'
import { type Bench, findingsOf } from '../findings.ts'
import { bloat } from './bloat.ts'
import { canvas } from './canvas.ts'
import { embedded } from './embedded.ts'
import { growth } from './growth.ts'
import { peers } from './peers.ts'
import { segments } from './segments.ts'
import { simulate } from './simulate.ts'
import { steps } from './steps.ts'
import { wake } from './wake.ts'

const benches: readonly { name: string; bench: Bench; figures: number }[] = [
  { name: 'bloat', bench: bloat, figures: 4 },
  { name: 'canvas', bench: canvas, figures: 4 },
  { name: 'embedded', bench: embedded, figures: 2 },
  { name: 'growth', bench: growth, figures: 3 },
  { name: 'peers', bench: peers, figures: 6 },
  { name: 'segments', bench: segments, figures: 4 },
  { name: 'simulate', bench: simulate, figures: 3 },
  { name: 'steps', bench: steps, figures: 4 },
  { name: 'wake', bench: wake, figures: 2 },
]

/** Every benchmark checks its own counts, and throws when they are not what they must be. What it measures at these sizes means nothing. */
test.each(benches)('$name runs, and its counts are right', { timeout: 300_000 }, async ({ bench, figures }) => {
  const found = findingsOf(await bench({ quick: true }))
  expect(found.figures).toHaveLength(figures)
  for (const { value, ratio } of found.figures) expect([value, ratio ?? 1].every((it) => Number.isFinite(it) && it >= 0)).toBe(true)
})
