import { main, readSoak, report, UsageError } from './command.ts'
import { figure } from './figures.ts'
import { soaks } from './soaks/index.ts'

await main(async () => {
  const call = readSoak(Object.keys(soaks), process.argv.slice(2))
  const soak = soaks[call.name]
  if (!soak) throw new Error(`${call.name} is not registered`)
  const { injections = [], together = 1 } = soak
  if (call.inject !== undefined && !injections.includes(call.inject))
    throw new UsageError(`--inject takes ${injections.join(', ') || 'nothing'} with ${call.name}.`)
  const sums = new Map<string, number>()
  const seen = new Set<string>()
  const failing: number[] = []
  const end = call.seed + call.rounds
  for (let seed = call.seed; seed < end; seed += together) {
    const count = Math.min(together, end - seed)
    const from = performance.now()
    const {
      wrong,
      counts,
      seen: met,
    } = await soak.round(seed, { count, inject: call.inject }).catch((error: unknown) => ({
      wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      counts: {},
      seen: [],
    }))
    for (const [name, n] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + n)
    for (const name of met) seen.add(name)
    const took = ((performance.now() - from) / 1000).toFixed(1)
    console.error(
      `seed ${seed}: ${wrong.length === 0 ? 'good' : 'FAILED'} in ${took} s; met ${met.join(', ') || 'nothing'}; ${JSON.stringify(counts)}`,
    )
    if (wrong.length === 0) continue
    failing.push(seed)
    console.error(`${wrong.slice(0, 20).join('\n')}${wrong.length > 20 ? `\n… and ${wrong.length - 20} more` : ''}`)
    const bug = call.inject === undefined ? '' : ` --inject ${call.inject}`
    console.error(`Again: npm run soak -- ${call.name} --seed ${seed} --rounds ${count}${bug}`)
  }
  await soak.close?.()
  const never = soak.all.filter((it) => !seen.has(it))
  if (never.length > 0) console.error(`Never met: ${never.join(', ')}`)
  const figures = [
    figure({ name: 'failed rounds', value: failing.length, unit: `of ${call.rounds}`, goal: 0, better: 'smaller' }),
    // A few rounds cannot meet everything; as many as there are things must.
    figure({
      name: 'met',
      value: seen.size,
      unit: `of ${soak.all.length}`,
      goal: call.rounds >= (soak.enough ?? soak.all.length) ? soak.all.length : undefined,
      better: 'larger',
    }),
    ...[...sums].map(([name, value]) => figure({ name, value, unit: 'in all', better: 'smaller' })),
  ]
  return report('soak', call, figures, { seed: failing[0] ?? null })
})
