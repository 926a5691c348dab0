import { fileURLToPath } from 'node:url'
import { main, readSoak, report, UsageError } from './command.ts'
import { figure } from './figures.ts'
import { soaks } from './soaks/index.ts'
import { playBeside, playRounds, shares } from './soaks/rounds.ts'

await main(async () => {
  const call = readSoak(Object.keys(soaks), process.argv.slice(2))
  const soak = soaks[call.name]
  if (!soak) throw new Error(`${call.name} is not registered`)
  const { injections = [] } = soak
  if (call.inject !== undefined && !injections.includes(call.inject))
    throw new UsageError(`--inject takes ${injections.join(', ') || 'nothing'} with ${call.name}.`)
  const from = performance.now()
  const tally =
    call.beside > 1
      ? await playBeside(fileURLToPath(import.meta.url), call.name, shares(call, call.beside, soak.together))
      : await playRounds(call.name, soak, call)
  // One share of several that are played side by side: whoever started it adds them up.
  if (process.send) {
    process.send(tally, () => process.disconnect())
    return 0
  }
  const { sums, seen, failing } = tally
  const never = soak.all.filter((it) => !seen.includes(it))
  if (never.length > 0) console.error(`Never met: ${never.join(', ')}`)
  const figures = [
    figure({ name: 'failed rounds', value: failing.length, unit: `of ${call.rounds}`, goal: 0, better: 'smaller' }),
    // A few rounds cannot meet everything; as many as there are things must.
    figure({
      name: 'met',
      value: seen.length,
      unit: `of ${soak.all.length}`,
      goal: call.rounds >= (soak.enough ?? soak.all.length) ? soak.all.length : undefined,
      better: 'larger',
    }),
    ...Object.entries(sums).map(([name, value]) => figure({ name, value, unit: 'in all', better: 'smaller' })),
    figure({ name: 'a round', value: (performance.now() - from) / 1000 / call.rounds, unit: 's', better: 'smaller' }),
  ]
  return report('soak', call, figures, { seed: failing[0] ?? null })
})
