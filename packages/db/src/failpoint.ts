/**
 * For crash tests: BATON_FAILPOINT="name:n" kills this process with SIGKILL the n-th time that it comes by the named point; several are
 * separated by commas. Without the variable a failpoint does nothing.
 */
const armed = new Map<string, number>()
for (const part of (process.env.BATON_FAILPOINT ?? '').split(',').filter(Boolean)) {
  const [name = '', n = '1'] = part.split(':')
  armed.set(name, Number(n))
}

/** Every name there is, so that a test can hit each. */
export const failpoints = [
  'runner.claimed',
  'runner.advanced',
  'runner.before-commit',
  'runner.after-commit',
  'router.before-queue',
  'router.before-assign',
  'router.after-assign',
  'scan.before-chunk',
  'scan.after-chunk',
  'door.before-commit',
  'door.after-commit',
  'deliver.claimed',
  'deliver.rendered',
  'deliver.before-mark',
  'deliver.after-mark',
  'deliver.after-smtp',
  'deliver.before-result',
  'deliver.after-result',
  'effects.claimed',
  'effects.begun',
  'effects.called',
  'effects.before-result',
  'effects.after-result',
  'throttle.before-release',
  'throttle.after-release',
] as const
export type Failpoint = (typeof failpoints)[number]

export function failpoint(name: Failpoint): void {
  const left = armed.get(name)
  if (left === undefined) return
  if (left <= 1) process.kill(process.pid, 'SIGKILL')
  armed.set(name, left - 1)
}
