import { type Figure, figure, median } from '../figures.ts'
import type { Findings, How } from '../findings.ts'
import { onStage, type Scene, type Stage, type Template } from '../stage.ts'
import { type Drive, type Driven, driveOf } from '../world/drive.ts'
import { layDueIndex, withDueIndex } from '../world/due-index.ts'
import { FIRST_DUE, seedCampaign } from '../world/seed.ts'

const MINUTE = 60_000
/** One in so many is due each minute. */
const SLOTS = 100
/** `base`: what all is relative to. `minutes`: fewer than those of a wait, so that nobody comes round twice. */
const FULL = { base: 100_000, sizes: [10_000, 100_000, 1_000_000], rounds: 3, minutes: 8 }
const QUICK = { base: 400, sizes: [400, 800], rounds: 2, minutes: 2 }

interface Town {
  people: number
  template: Template
}

const total = (runs: readonly Driven[], of: (run: Driven) => number) => runs.reduce((all, run) => all + of(run), 0)
const speed = (runs: readonly Driven[]) => total(runs, (run) => run.steps) / total(runs, (run) => run.seconds)

function check(what: string, turns: number, wanted: number, off = 0): void {
  if (Math.abs(turns - wanted) > off) throw new Error(`${what}: ${turns} turns instead of ${wanted}`)
}

const named = (n: number) => (n >= 1_000_000 ? `${n / 1_000_000} M` : n >= 1000 ? `${n / 1000} k` : `${n}`)

async function towns(stage: Stage, sizes: readonly number[], due: Parameters<typeof seedCampaign>[2]): Promise<Town[]> {
  const made: Town[] = []
  for (const people of sizes) {
    console.error(`${named(people)} people, ${due.kind} …`)
    made.push({ people, template: await stage.template((handle) => seedCampaign(handle, people, due)) })
  }
  return made
}

async function copies({ template }: Town, n: number): Promise<Scene[]> {
  const made: Scene[] = []
  for (let i = 0; i < n; i++) made.push(await template.copy())
  return made
}

/** Everybody of a fresh copy, once. */
async function pass({ people }: Town, scene: Scene): Promise<Driven> {
  const drive = driveOf(scene.handle, FIRST_DUE)
  const run = await drive.run()
  check(`${named(people)} people`, run.turns, people)
  await drive.close()
  await scene[Symbol.asyncDispose]()
  return run
}

/**
 * Everybody is due at once. Passes over fresh copies of the base town alternate with the other town: with a part of its one pass where it
 * is larger, with a pass over a fresh copy where it is smaller. All copies are made first, since each makes a checkpoint.
 */
async function dense(town: Town, base: Town, n: number): Promise<{ value: number; baseline: number }> {
  const bases = await copies(base, n)
  const others = await copies(town, town.people > base.people ? 1 : n)
  const [large] = others
  const drive = large && town.people > base.people ? driveOf(large.handle, FIRST_DUE) : undefined
  const seen = { base: [] as Driven[], town: [] as Driven[] }
  for (const [i, scene] of bases.entries()) {
    seen.base.push(await pass(base, scene))
    const other = others[i]
    if (drive) seen.town.push(await drive.run(i < n - 1 ? town.people / n : undefined))
    else if (other) seen.town.push(await pass(town, other))
  }
  if (drive)
    check(
      `${named(town.people)} people`,
      total(seen.town, (run) => run.turns),
      town.people,
    )
  await drive?.close()
  if (drive) await large?.[Symbol.asyncDispose]()
  return { value: speed(seen.town), baseline: median(seen.base.map((run) => speed([run]))) }
}

/** One in a hundred is due a minute, minute by minute, the towns in turn; the last of them also without a wheel, by an index over the due time. */
async function sparse(all: readonly Town[], minutes: number): Promise<{ speeds: number[]; index: number }> {
  const last = all.at(-1)
  if (!last) throw new Error('There is no town')
  const scenes = await Promise.all(all.map(({ template }) => template.copy()))
  const indexed = await last.template.copy()
  await layDueIndex(indexed.handle)
  await indexed.handle.query('checkpoint')
  const drives: { people: number; drive: Drive; runs: Driven[] }[] = [
    ...scenes.map((scene, i) => ({ people: all[i]?.people ?? 0, drive: driveOf(scene.handle, FIRST_DUE), runs: [] })),
    { people: last.people, drive: driveOf(withDueIndex(indexed.handle), FIRST_DUE), runs: [] },
  ]
  // The first minute has the models in it, and warms up.
  for (const { drive } of drives) await drive.run()
  for (let tick = 1; tick <= minutes; tick++) {
    for (const { people, drive, runs } of drives) {
      drive.now = FIRST_DUE + tick * MINUTE
      const run = await drive.run()
      check(`${named(people)} people, minute ${tick}`, run.turns, people / SLOTS, 2)
      runs.push(run)
    }
  }
  for (const { drive } of drives) await drive.close()
  for (const scene of [...scenes, indexed]) await scene[Symbol.asyncDispose]()
  const speeds = drives.map(({ runs }) => speed(runs))
  return { speeds: speeds.slice(0, -1), index: speeds.at(-1) ?? 0 }
}

/**
 * Whether steps get slower the more people are in a flow: speeds relative to that of 100 k people in the same run, where all are due at
 * once and where one in a hundred is; the latter also against the same runner on an index over the due time.
 */
export async function growth(how: How): Promise<Findings> {
  const { base: small, rounds, minutes, ...set } = how.quick ? QUICK : FULL
  const sizes = how.people ?? set.sizes
  return onStage(how, async (stage) => {
    const figures: Figure[] = []
    const ofDense = await towns(stage, [...new Set([...sizes, small])], { kind: 'dense' })
    const base = ofDense.find((it) => it.people === small)
    if (!base) throw new Error('There is no town to compare with')
    for (const town of ofDense.filter((it) => it !== base)) {
      console.error(`all due, ${named(town.people)} against ${named(small)} …`)
      const { value, baseline } = await dense(town, base, rounds)
      const goal = town.people >= 3_000_000 ? { goal: 0.9, next: 0.95 } : {}
      const name = `all due, ${named(town.people)} people against ${named(small)}`
      figures.push(figure({ name, value, unit: 'steps/s', baseline, better: 'larger', ...goal }))
    }
    const ofSpread = await towns(stage, sizes, { kind: 'spread', slots: SLOTS })
    console.error('one in a hundred due …')
    const { speeds, index } = await sparse(ofSpread, minutes)
    const most = sizes.at(-1) ?? 0
    const at = sizes.indexOf(small)
    for (const [i, people] of sizes.entries()) {
      const value = speeds[i] ?? 0
      if (i !== at)
        figures.push(
          figure({
            name: `1 % due, ${named(people)} people against ${named(small)}`,
            ...{ value, unit: 'steps/s', baseline: at < 0 ? undefined : speeds[at], better: 'larger' },
          }),
        )
    }
    figures.push(
      figure({
        name: `1 % due, ${named(most)} people against a due index`,
        ...{ value: speeds.at(-1) ?? 0, unit: 'steps/s', baseline: index, goal: 1.5, next: 2, better: 'larger' },
      }),
    )
    return { figures }
  })
}
