import { benches } from './benches/index.ts'
import { main, readCall, report } from './command.ts'

await main(async () => {
  const call = readCall('bench', Object.keys(benches), process.argv.slice(2))
  const bench = benches[call.name]
  if (!bench) throw new Error(`${call.name} is not registered`)
  return report('bench', call, await bench())
})
