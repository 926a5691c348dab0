import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { benches } from './benches/index.ts'
import { main, readBench, report } from './command.ts'
import { columns } from './figures.ts'
import { findingsOf } from './findings.ts'
import { circumstances } from './page/machine.ts'
import { updatePage } from './page/page.ts'
import { root } from './root.ts'

const PAGE = join(root, 'docs/performance.md')

await main(async () => {
  const call = readBench(Object.keys(benches), process.argv.slice(2))
  const out = call.json ? console.error : console.log
  let worst = 0
  for (const name of call.names) {
    const bench = benches[name]
    if (!bench) throw new Error(`${name} is not registered`)
    if (call.names.length > 1) out(`\n${name}`)
    const command = `npm run bench -- ${name}${call.people ? ` --people ${call.people.join(',')}` : ''}`
    const made = circumstances(command, new Date())
    const found = findingsOf(await bench({ quick: call.quick, people: call.people }))
    worst = Math.max(worst, report('bench', { name, json: call.json }, found.figures, found.tables ? { tables: found.tables } : {}))
    for (const it of found.tables ?? []) out(`\n${it.title}\n${columns([it.columns, ...it.rows.map((row) => row.map(String))])}`)
    if (!call.write) continue
    const before = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '# Performance\n'
    writeFileSync(PAGE, updatePage(before, name, found, made))
  }
  return worst
})
