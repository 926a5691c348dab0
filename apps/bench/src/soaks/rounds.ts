import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Soak } from './round.ts'

/** Which rounds of a soak are played. */
export interface Range {
  seed: number
  rounds: number
  inject: string | undefined
}

/** What rounds came to together. */
export interface Tally {
  sums: Record<string, number>
  seen: string[]
  /** The seeds of those that failed. */
  failing: number[]
}

function add(to: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, n] of Object.entries(counts)) to[name] = (to[name] ?? 0) + n
}

/** Plays rounds one after the other and tells standard error of each; one that throws has failed. */
export async function playRounds(name: string, soak: Soak, { seed: begin, rounds, inject }: Range): Promise<Tally> {
  const { together = 1 } = soak
  const sums: Record<string, number> = {}
  const seen = new Set<string>()
  const failing: number[] = []
  const end = begin + rounds
  for (let seed = begin; seed < end; seed += together) {
    const count = Math.min(together, end - seed)
    const from = performance.now()
    const {
      wrong,
      counts,
      seen: met,
    } = await soak.round(seed, { count, inject }).catch((error: unknown) => ({
      wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      counts: {},
      seen: [],
    }))
    add(sums, counts)
    for (const it of met) seen.add(it)
    const took = ((performance.now() - from) / 1000).toFixed(1)
    console.error(
      `seed ${seed}: ${wrong.length === 0 ? 'good' : 'FAILED'} in ${took} s; met ${met.join(', ') || 'nothing'}; ${JSON.stringify(counts)}`,
    )
    if (wrong.length === 0) continue
    failing.push(seed)
    console.error(`${wrong.slice(0, 20).join('\n')}${wrong.length > 20 ? `\n… and ${wrong.length - 20} more` : ''}`)
    const bug = inject === undefined ? '' : ` --inject ${inject}`
    console.error(`Again: npm run soak -- ${name} --seed ${seed} --rounds ${count}${bug}`)
  }
  await soak.close?.()
  return { sums, seen: [...seen], failing }
}

/** Cuts a range into as many as are wanted, about equal, none of them empty; rounds that are played as one stay together. */
export function shares({ seed, rounds, inject }: Range, wanted: number, together = 1): Range[] {
  const groups = Math.ceil(rounds / together)
  const parts = Math.max(1, Math.min(wanted, groups))
  const at = (i: number) => Math.min(rounds, Math.floor((groups * i) / parts) * together)
  return Array.from({ length: parts }, (_, i) => ({ seed: seed + at(i), rounds: at(i + 1) - at(i), inject }))
}

const isTally = (message: unknown): message is Tally => typeof message === 'object' && message !== null && 'failing' in message

/** Plays a share in a process of its own, which has its own database and its own ground. @throws Error when it ends before its time */
async function playElsewhere(program: string, name: string, { seed, rounds, inject }: Range): Promise<Tally> {
  const args = [name, '--seed', String(seed), '--rounds', String(rounds), ...(inject === undefined ? [] : ['--inject', inject])]
  const child = fork(program, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let tally: Tally | undefined
  child.on('message', (message) => {
    if (isTally(message)) tally = message
  })
  const [code, signal] = await once(child, 'exit')
  if (!tally) throw new Error(`The rounds from seed ${seed} on ended without a word (${signal ?? code})`)
  return tally
}

/**
 * Plays rounds in several processes side by side: a round waits more than it works, for leases and pauses to run out, and none knows of
 * another.
 * @param program what is started for each share, with the same words but for its seeds
 */
export async function playBeside(program: string, name: string, all: readonly Range[]): Promise<Tally> {
  const done = await Promise.all(all.map((share) => playElsewhere(program, name, share)))
  const sums: Record<string, number> = {}
  for (const tally of done) add(sums, tally.sums)
  return { sums, seen: [...new Set(done.flatMap(({ seen }) => seen))], failing: done.flatMap(({ failing }) => failing) }
}
