import { type Asked, countVerdicts, ensureMonths, estimateVerdicts, type Handle } from '@baton/db'
import type { Condition, Rule } from '@baton/engine'
import { createLog, createPlans } from '@baton/server'
import { type Figure, figure, median } from '../figures.ts'
import { type Findings, type How, sizesOf } from '../findings.ts'
import { onStage } from '../stage.ts'
import { START } from '../steps/scenario.ts'
import { seedCampaign } from '../world/seed.ts'

const DAY = 86_400_000
const REPETITIONS = 9
/** How many buckets out of 1024 a small run looks at: an estimate, however fast the machine is. */
const FEW = 64
/** An estimate may be out by more than its error five times in a hundred; three times it, never in a lifetime. */
const FAR = 3

const all = (...rules: (Rule | Condition)[]): Condition => ({ combinator: 'and', rules })
const office: Rule = { subject: { kind: 'field', key: 'job' }, op: 'any-of', value: ['admin.', 'management'] }
const rich: Rule = { subject: { kind: 'field', key: 'balance' }, op: 'ge', value: 1500 }
const fit: Rule = { subject: { kind: 'score', dimension: 'fit' }, op: 'ge', value: 20 }
const visited: Rule = {
  subject: {
    kind: 'event',
    type: 'page',
    where: [{ key: 'path', op: 'starts-with', value: '/pricing' }],
    window: { kind: 'days', days: 14 },
  },
  op: 'ge',
  value: 1,
}

const SEGMENTS: readonly { name: string; of: Condition }[] = [
  { name: 'two fields', of: all(office, rich) },
  { name: 'a score', of: all(fit) },
  { name: 'events of two weeks', of: all(visited) },
  { name: 'fields, score and events', of: { combinator: 'or', rules: [all(office, rich, visited), all(fit, visited)] } },
]

/** Two events for everybody, spread over 40 days. */
async function addEvents(handle: Handle): Promise<void> {
  await ensureMonths(
    handle,
    Array.from({ length: 41 }, (_, days) => START - days * DAY),
  )
  await handle.query(
    `insert into event (bucket, at, id, contact_id, type, props, received_at)
     select c.bucket, $1 - ((c.id / 1024 * 7919 + n * 13) % 40) * $2::bigint - n, 'page' || c.id || '-' || n, c.id, 'page',
       jsonb_build_object('path', case when (c.id / 1024 + n) % 3 = 0 then '/pricing/plans' else '/blog' end), $1
     from contact c cross join generate_series(1, 2) n order by c.id, n`,
    [START, DAY],
  )
  await handle.executeSql('vacuum analyze event')
}

async function exactly(handle: Handle, asked: Asked): Promise<{ matches: number; seconds: number }> {
  const began = performance.now()
  let matches = 0
  for (let from: number | null = 0; from !== null; ) {
    const found: Awaited<ReturnType<typeof countVerdicts>> = await countVerdicts(handle, asked, { from, ms: 200 })
    if ('issues' in found) throw new Error(found.issues.map((it) => it.say).join(' '))
    matches += found.matches
    from = found.next
  }
  return { matches, seconds: (performance.now() - began) / 1000 }
}

/** How long an estimate of a segment's size takes and how far it is out, and how long the exact count takes. */
export async function segments(how: How): Promise<Findings> {
  const [people = 0] = sizesOf(how, [1_000_000], [2000])
  return onStage(how, async (stage) => {
    console.error(`${people} people with points and events …`)
    const template = await stage.template(async (handle) => {
      await seedCampaign(handle, people, { kind: 'dense' })
      await addEvents(handle)
    })
    await using scene = await template.copy()
    const { handle } = scene
    const { catalog } = await createPlans({ handle, log: createLog('error') }).get()
    const figures: Figure[] = []
    const rows: (string | number)[][] = []
    for (const { name, of } of SEGMENTS) {
      const asked: Asked = { scope: { all: true }, condition: { of, catalog }, now: START }
      const times: number[] = []
      const estimates: { matches: number; error: number }[] = []
      for (let i = 0; i < (how.quick ? 1 : REPETITIONS); i++) {
        const from = performance.now()
        const found = await estimateVerdicts(handle, asked, how.quick ? { ms: 200, buckets: FEW } : undefined)
        times.push(performance.now() - from)
        if ('issues' in found) throw new Error(found.issues.map((it) => it.say).join(' '))
        estimates.push(found)
      }
      const { matches, seconds } = await exactly(handle, asked)
      const off = (it: { matches: number }) => Math.abs(it.matches - matches)
      const far = estimates.find((it) => off(it) > FAR * it.error)
      if (far) throw new Error(`${name}: ${far.matches} ± ${far.error} estimated, ${matches} counted`)
      figures.push(
        figure({
          name: `estimate, ${name}, slowest of ${times.length}`,
          value: Math.max(...times),
          unit: 'ms',
          goal: 300,
          better: 'smaller',
        }),
      )
      console.error(`${name}: ${Math.round(median(times))} ms, ${matches} of ${people} in ${seconds.toFixed(1)} s`)
      const share = (part: number) => `${((100 * part) / matches).toFixed(1)} %`
      const told = share(median(estimates.map((it) => it.error)))
      // One draw, not many: every estimate begins with the same buckets.
      rows.push([name, matches, Math.round(median(times)), `± ${told}`, share(median(estimates.map(off))), seconds.toFixed(1)])
    }
    return {
      figures,
      tables: [
        {
          title: `Estimates and exact counts among ${people} people`,
          columns: ['segment', 'people in it', 'estimate, ms (median)', 'error it tells', 'was out by', 'exact count, s'],
          rows,
        },
      ],
    }
  })
}
