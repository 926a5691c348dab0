/** What befalls the process at a failpoint: it is killed, or it stands still until somebody lets it go on. */
const DEEDS = { kill: 'SIGKILL', stop: 'SIGSTOP' } as const
const isDeed = (text: string): text is keyof typeof DEEDS => text in DEEDS

const armed = new Map<string, { left: number; deed: keyof typeof DEEDS }>()

/**
 * For crash tests: `name:n` kills this process with SIGKILL the n-th time that it comes by the named point, `name:n:stop` freezes it with
 * SIGSTOP; several are separated by commas. What was armed before is disarmed. BATON_FAILPOINT says the same at the start; without it a
 * failpoint does nothing.
 */
export function armFailpoints(text: string): void {
  armed.clear()
  for (const part of text.split(',').filter(Boolean)) {
    const [name = '', n = '1', deed = 'kill'] = part.split(':')
    if (isDeed(deed)) armed.set(name, { left: Number(n), deed })
  }
}
armFailpoints(process.env.BATON_FAILPOINT ?? '')

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
  'levels.before-look',
  'levels.after-look',
] as const
export type Failpoint = (typeof failpoints)[number]

export function failpoint(name: Failpoint): void {
  const due = armed.get(name)
  if (due === undefined) return
  due.left--
  if (due.left > 0) return
  armed.delete(name)
  process.kill(process.pid, DEEDS[due.deed])
}
