// From a fresh clone to installed and built, with nothing but Node and npm. Everything it says goes to standard error, so that what a
// command prints (a journey log, a benchmark's figures) stays clean.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** The environment of every command: our tools on the PATH, and nobody is told that they ran. */
export const env = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
  PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
}

/** Runs a command in the root, its output on our standard error (when it is piped: only if it fails). Returns its exit code; 127 when it cannot be started. */
export function run(command, args, extra = {}) {
  const done = spawnSync(command, args, { cwd: root, env, stdio: ['ignore', 2, 2], ...extra })
  if (done.status !== 0) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`)
  return done.error ? 127 : (done.status ?? 1)
}

function give(up) {
  console.error(up)
  process.exit(1)
}

/** Stops with a plain sentence on a Node that is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  give(
    `Baton needs Node 20.19 or newer (24 is recommended); this is ${process.version}. Install one from https://nodejs.org and try again.`,
  )
}

/** Installs the packages of the lock file, unless that was done for this very lock file and Node. */
export function install() {
  const stamp = join(root, 'node_modules/.installed')
  const lock = readFileSync(join(root, 'pnpm-lock.yaml'))
  const want = createHash('sha256').update(lock).update(manifest.packageManager).update(process.version).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return
  console.error('Installing packages (only the first time and after an update) …')
  // The pinned pnpm that is itself a dependency works offline; npx fetches it the first time.
  const own = join(root, 'node_modules/.bin/pnpm')
  const flags = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false', '--loglevel=error']
  const code = existsSync(own) ? run(own, flags) : run('npx', ['-y', '--prefer-offline', manifest.packageManager, ...flags])
  if (code !== 0) give('Packages could not be installed. Is the package registry reachable? What pnpm said stands above.')
  writeFileSync(stamp, want)
}

/** Whether turbo runs here: its binary is missing where the lock file was made without this platform. */
const turboRuns = () => run('turbo', ['--version'], { stdio: 'ignore' }) === 0

/**
 * Runs a task of the packages through turbo, or one after the other through pnpm where turbo cannot run.
 * @param task the script's name in the packages' package.json
 * @param packages only these; empty means all that have the task
 */
export function task(task, packages = [], flags = ['--output-logs=errors-only'], extra = {}) {
  const filter = packages.map((name) => `--filter=${name}`)
  const code = run('turbo', ['run', task, ...filter, '--env-mode=loose', ...flags], extra)
  if (code === 0 || turboRuns()) return code
  console.error('turbo does not run on this machine; the packages are handled one by one.')
  return run('pnpm', ['-r', '--no-bail', ...filter, 'run', task], extra)
}

/** Builds packages, by default the server and the web pages it serves. Says nothing unless it fails; a fraction of a second when nothing changed. */
export function build(packages = ['@baton/web', '@baton/server']) {
  if (task('build', packages, ['--output-logs=errors-only'], { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' }) !== 0)
    give('The build failed; what the compiler said stands above.')
}
