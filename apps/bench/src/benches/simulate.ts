import { type ContactState, DEFAULT_BEHAVIOUR, emptyState, type FlowForecast, forecast, type Rate } from '@baton/engine'
import { buildGraph, planOf, samplePerson } from '@baton/engine/testing'
import { type Figure, figure, median } from '../figures.ts'
import { type Findings, type How, sizesOf } from '../findings.ts'
import { runObjects } from './objects.ts'

const DAYS = 90
const ROUNDS = 3
/** Three times mail, wait, branch between a start and an end: eleven nodes; the branch keeps everybody. */
const LEGS = 3
const WAIT_DAYS = 20
const never: Rate = { from: 'set', share: 0 }
const SILENT = { opened: never, clicked: never, replied: never, bounced: never, unsubscribed: never, complained: never, minutes: 60 }

function campaign() {
  const nodes: [string, string, Record<string, unknown>][] = [['in', 'trigger', { on: { kind: 'manual' } }]]
  const ways: string[] = []
  let out = 'in.out'
  for (let leg = 0; leg < LEGS; leg++) {
    const free = { combinator: 'and', rules: [{ subject: { kind: 'field', key: 'plan' }, op: 'is', value: 'free' }] }
    nodes.push([`m${leg}`, 'send-email', { templateId: 'tpl_recording', ifNotSent: 'port' }])
    nodes.push([`w${leg}`, 'wait', { v: 2, slot: 1, until: { kind: 'duration', amount: WAIT_DAYS, unit: 'days' } }])
    nodes.push([`b${leg}`, 'branch', { cases: [{ id: 'free', name: 'Free', when: free }] }])
    ways.push(`${out}>m${leg}`, `m${leg}.sent>w${leg}`, `m${leg}.not-sent>end`, `w${leg}.out>b${leg}`, `b${leg}.free>end`)
    out = `b${leg}.otherwise`
  }
  nodes.push(['end', 'exit', { label: 'Done', finished: true }])
  return planOf({ f: buildGraph(nodes, [...ways, `${out}>end`]) })
}

const somebody = (id: number): ContactState => {
  const key = `p${id}@example.com`
  return emptyState(samplePerson({ id, key, fields: { email: key, plan: 'pro' }, consent: { marketing: true } }))
}

function played(plan: ReturnType<typeof campaign>, count: number): FlowForecast {
  const steps = forecast({
    plan,
    flowId: 'f',
    sample: { count, at: somebody },
    people: count,
    from: 0,
    days: DAYS,
    seed: 's',
    behaviour: { ...DEFAULT_BEHAVIOUR, mail: SILENT },
    intake: [{ node: 'in', how: 'everybody', days: 5 }],
    teams: [],
    draws: 1,
  })
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value
}

/** Seconds of the processor that a piece of work takes: what else the machine does counts less than with a clock on the wall. */
function timed<T>(work: () => T): { made: T; seconds: number } {
  const before = process.cpuUsage()
  const made = work()
  const { user, system } = process.cpuUsage(before)
  return { made, seconds: (user + system) / 1e6 }
}

/**
 * How fast a population is played by the engine that runs, every reason made and dropped by a sink that counts, beside plain objects that are run
 * to their end by a loop written for this one flow: no gate, no reasons, no facts.
 */
export async function simulate(how: How): Promise<Findings> {
  const [people = 0] = sizesOf(how, [100_000], [500])
  const plan = campaign()
  const [ours, plain]: [number[], number[]] = [[], []]
  let steps = 0
  for (let round = 0; round < (how.quick ? 1 : ROUNDS); round++) {
    const objects = timed(() => runObjects(people, { legs: LEGS, waitDays: WAIT_DAYS, days: DAYS }))
    const engine = timed(() => played(plan, people))
    steps = engine.made.steps
    if (steps !== objects.made.steps) throw new Error(`${steps} steps were played, ${objects.made.steps} by plain objects`)
    if (engine.made.totals.mails.mid !== objects.made.mails) throw new Error('Not as many mails as by plain objects')
    ours.push(engine.seconds)
    plain.push(objects.seconds)
    console.error(`round ${round + 1}: ${engine.seconds.toFixed(2)} s, plain objects ${objects.seconds.toFixed(2)} s`)
  }
  const [own, base] = [median(ours), Math.max(1e-6, median(plain))]
  const figures: Figure[] = [
    figure({
      name: 'steps/s against objects run to the end',
      value: steps / own,
      unit: '/s',
      baseline: steps / base,
      goal: 3,
      next: 10,
      better: 'larger',
    }),
    figure({ name: `${people} people, 11 nodes, ${DAYS} days, of the processor`, value: own, unit: 's', better: 'smaller' }),
    figure({
      name: `memory with ${people} people played one by one`,
      value: process.memoryUsage().rss / 2 ** 20,
      unit: 'MiB',
      better: 'smaller',
    }),
  ]
  return { figures }
}
