// Proves the import rules themselves: each fires on the planted tree, where it should and not beside. Without it a cruiser that cannot
// read TypeScript is green (it skips every .ts file and reports "no violations").
import { fileURLToPath } from 'node:url'
import { cruise } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'

/** rule → the planted files it must find. */
const EXPECTED = {
  'no-cycles': ['packages/engine/src/x.ts'],
  'kinds-are-strangers': ['packages/engine/src/nodes/a/a.ts'],
  'screens-of-kinds-are-strangers': ['apps/web/src/nodes/a/card.tsx'],
  'leads-stays-pure': ['packages/leads/src/impure.ts'],
  'engine-stays-pure': ['packages/engine/src/impure.ts'],
  'db-looks-down': ['packages/db/src/up.ts'],
  'api-takes-ports': ['packages/api/src/mail.ts'],
  'connect-knows-no-store': ['packages/connect/src/store.ts'],
  'web-takes-types': ['apps/web/src/w.ts'],
  'web-knows-no-server': ['apps/web/src/w.ts'],
  'nothing-imports-an-app': ['apps/web/src/w.ts'],
  'checkers-start-the-server-only': ['apps/e2e/src/e.ts'],
  'sql-lives-in-db': ['packages/api/src/sql.ts'],
  'testing-stays-in-tests': ['packages/api/src/sql.ts'],
  'front-door': ['packages/leads/src/impure.ts'],
  resolves: ['packages/engine/src/impure.ts'],
}

/** rule → planted files it must leave alone. */
const INNOCENT = { 'api-takes-ports': ['packages/api/src/types.ts'], 'nothing-imports-an-app': ['apps/e2e/src/e.ts'] }

const { output } = await cruise(['packages', 'apps'], {
  ...config.options,
  ruleSet: { forbidden: config.forbidden },
  validate: true,
  baseDir: fileURLToPath(new URL('./planted', import.meta.url)),
})
const { violations, totalCruised } = output.summary
const wrong = []
for (const { name } of config.forbidden) {
  const found = new Set(violations.filter((violation) => violation.rule.name === name).map((violation) => violation.from))
  const wanted = EXPECTED[name] ?? []
  if (wanted.length === 0) wrong.push(`${name}: nothing is planted for it in guards/planted`)
  for (const file of wanted) if (!found.has(file)) wrong.push(`${name}: silent on ${file}`)
  for (const file of INNOCENT[name] ?? []) if (found.has(file)) wrong.push(`${name}: fires on ${file}, which is allowed`)
}
if (wrong.length > 0) {
  console.error(`The import rules do not do what they say:\n  ${wrong.join('\n  ')}`)
  process.exit(1)
}
console.log(`${config.forbidden.length} import rules fire on the planted tree (${totalCruised} modules)`)
