// `npm test`: everything that must hold, in the order in which it is cheapest to learn that it does not. It goes on after a failure, so
// that one run tells all, and closes with one line: `N passed, N failed`.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { env, root, run, task } from './setup.mjs'
import { chromium, equip } from './system.mjs'

const REPORTS = join(root, 'reports')
const HALVES = join(REPORTS, 'halves.txt')
/** Suite and kind of database, as noted by noteDatabase of @baton/db/testing. Half a database suite must not pass for a whole one. */
const SUITES = ['db', 'api', 'server', 'runner', 'bench', 'e2e']
const WANTED = SUITES.flatMap((suite) => [`${suite} pg`, `${suite} pglite`])

const LINES_TOLD = 12

const failures = []

function step(name, work) {
  const from = process.hrtime.bigint()
  console.error(`\n── ${name}`)
  const code = work()
  const seconds = Number(process.hrtime.bigint() - from) / 1e9
  console.error(`── ${name}: ${code === 0 ? 'good' : 'FAILED'} in ${seconds.toFixed(1)} s`)
  if (code !== 0) failures.push(name)
}

/** The packages that have tests, by the name of their folder. */
const tested = () =>
  ['apps', 'packages'].flatMap((home) =>
    readdirSync(join(root, home)).filter((name) => {
      const file = join(root, home, name, 'package.json')
      if (!existsSync(file)) return false
      const { scripts = {} } = JSON.parse(readFileSync(file, 'utf8'))
      return 'test' in scripts || 'e2e' in scripts
    }),
  )

/** A failed test by file, name and the first lines of what it said: at the end of a long log this is all that many people get to see. */
const tell = (file, name, messages) =>
  [`${relative(root, file)} > ${name}`, ...messages.join('\n').split('\n').slice(0, LINES_TOLD)].join('\n    ')

/** Adds up what the test runs wrote; a package without a report has crashed, which is a failure too. */
function count() {
  let passed = 0
  let failed = 0
  const told = []
  for (const name of tested()) {
    const file = join(REPORTS, `${name}.json`)
    if (!existsSync(file)) {
      failures.push(`the tests of ${name} left no report`)
      continue
    }
    const said = JSON.parse(readFileSync(file, 'utf8'))
    passed += said.numPassedTests
    failed += said.numFailedTests
    // A file that does not even load has no failed test in it.
    const unloaded = said.testResults.filter(
      (one) => one.status === 'failed' && one.assertionResults.every((test) => test.status !== 'failed'),
    )
    failed += unloaded.length
    for (const one of unloaded) told.push(tell(one.name, 'the file as a whole', [one.message]))
    for (const one of said.testResults)
      for (const it of one.assertionResults) if (it.status === 'failed') told.push(tell(one.name, it.fullName, it.failureMessages))
    const skipped = said.numPendingTests + said.numTodoTests
    if (skipped > 0) failures.push(`${skipped} test(s) of ${name} skipped`)
  }
  return { passed, failed, told }
}

function halves() {
  const noted = existsSync(HALVES) ? readFileSync(HALVES, 'utf8').split('\n') : []
  const absent = WANTED.filter((line) => !noted.includes(line))
  for (const line of absent) console.error(`The suite "${line.replace(' ', '" did not run on ')}.`)
  return absent.length === 0 ? 0 : 1
}

export function test() {
  for (const sentence of equip()) failures.push(sentence)
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  env.BATON_REPORTS = REPORTS
  env.BATON_HALVES = HALVES
  const browser = chromium()
  if (browser) env.CHROMIUM_PATH = browser

  step('format and lint', () => run('biome', ['ci', '--error-on-warnings', '--colors=off', '.']))
  step('promises and switches', () => run('oxlint', ['--type-aware', '--deny-warnings', 'packages', 'apps']))
  step('who imports whom', () => run('depcruise', ['packages', 'apps', '--output-type', 'err-long']))
  step('the guards themselves', () => run('node', ['guards/planted.mjs']) || run('node', ['guards/planted-lint.mjs']))
  step('the tree', () => run('node', ['guards/tree.mjs']))
  step('dead code and dependencies', () => run('knip', []))
  step('one version of everything', () => run('syncpack', ['lint']))
  step('types of the configurations', () => run('tsc', ['-p', 'guards']))
  step('types', () => task('typecheck', [], ['--output-logs=errors-only', '--continue=always', '--concurrency=2']))
  step('unit, property and database tests', () => task('test', [], ['--output-logs=new-only', '--continue=always', '--concurrency=1']))
  step('build', () => task('build', ['@baton/web', '@baton/server']))
  step('documentation', () => run('node', ['scripts/docs.mjs']))
  step('size of what the browser loads', () => run('node', ['scripts/budget.mjs']))
  step('end to end', () => task('e2e', [], ['--output-logs=new-only']))
  step('both kinds of database', halves)

  const { passed, failed, told } = count()
  if (told.length > 0) console.error(`\nFailed tests:\n  ${told.join('\n  ')}`)
  if (failures.length > 0) console.error(`\nFailed:\n  ${failures.join('\n  ')}`)
  // A failed check that is no test (lint, types, size …) counts as one, so that the last line never looks better than the run.
  const tests = ['unit, property and database tests', 'end to end']
  const checks = failures.filter((name) => !(tests.includes(name) && failed > 0)).length
  console.log(`\n${passed} passed, ${failed + checks} failed`)
  process.exitCode = failures.length + failed > 0 ? 1 : 0
}
