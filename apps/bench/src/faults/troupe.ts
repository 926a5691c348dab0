import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Config, Timings } from '@baton/server'
import { root } from '../root.ts'
import type { Order, Report } from './agent.ts'

/** Whether somebody has answered, well or not: of whoever may be frozen nobody knows when. */
export function heard(answer: Promise<unknown>): () => boolean {
  let over = false
  const done = () => {
    over = true
  }
  answer.then(done, done)
  return () => over
}

/** A server in a process of its own. */
export interface Agent {
  url: string
  pid: number
  /** Resolves with what ended it. */
  gone: Promise<{ signal: NodeJS.Signals | null; code: number | null }>
  alive(): boolean
  /** Whether it is frozen by a signal. */
  frozen(): boolean
  signal(name: NodeJS.Signals): void
  /** @throws Error with what it says, or when it ends before it has answered */
  ask(order: Order): Promise<Report & { left?: number; later?: number; url?: string }>
}

/** Where the program of agents is: beside this one when built, else where a test has put it. */
const program = () => process.env.BATON_AGENT ?? join(root, 'apps/bench/dist/agent.js')

/** Processes that wait for work: starting one takes longer than a round. */
const idle: ChildProcess[] = []
const busy = new Map<number, ChildProcess>()

function spawned(): ChildProcess {
  const child = fork(program(), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: { ...process.env, BATON_FAILPOINT: '' } })
  // One process plays in many rounds, and each waits for its end.
  child.setMaxListeners(0)
  return child
}

const isReport = (message: unknown): message is Report => typeof message === 'object' && message !== null && 'n' in message

function agentOf(child: ChildProcess): Omit<Agent, 'url'> {
  const { pid } = child
  if (pid === undefined) throw new Error('An agent could not be started')
  let next = 0
  const alive = () => child.exitCode === null && child.signalCode === null
  const gone = alive()
    ? once(child, 'exit').then(() => ({ signal: child.signalCode, code: child.exitCode }))
    : Promise.resolve({ signal: child.signalCode, code: child.exitCode })
  return {
    pid,
    gone,
    alive,
    frozen: () => alive() && /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
    signal: (name) => void child.kill(name),
    ask(order) {
      const n = next++
      return new Promise((resolve, reject) => {
        const over = (done: () => void) => {
          child.off('message', heard)
          done()
        }
        const heard = (message: unknown) => {
          if (!isReport(message) || message.n !== n) return
          if ('error' in message) over(() => reject(new Error(message.error)))
          else over(() => resolve(message))
        }
        child.on('message', heard)
        void gone.then(() => over(() => reject(new Error('The agent has ended'))))
        if (!alive() || !child.connected) return over(() => reject(new Error('The agent has ended')))
        child.send({ ...order, n }, (error) => {
          if (error) over(() => reject(error))
        })
      })
    },
  }
}

export interface Opening {
  config: Config
  timings: Timings
  at: number
}

/** Opens a server in a process of its own. */
export async function openAgent(order: Opening): Promise<Agent> {
  const child = idle.pop() ?? spawned()
  // The next one gets ready meanwhile: whoever is killed is followed at once.
  if (idle.length === 0) idle.push(spawned())
  const agent = agentOf(child)
  busy.set(agent.pid, child)
  void agent.gone.then(() => busy.delete(agent.pid))
  const { url } = await agent.ask({ do: 'open', ...order })
  return Object.assign(agent, { url: url ?? '' })
}

/** Closes its server and keeps the process for another round. */
export async function restAgent(agent: Agent): Promise<void> {
  await agent.ask({ do: 'arm', failpoints: '' })
  await agent.ask({ do: 'close' })
  const child = busy.get(agent.pid)
  if (child) idle.push(child)
  busy.delete(agent.pid)
}

/** Ends all processes that wait. */
export async function dismiss(): Promise<void> {
  for (const child of idle.splice(0)) {
    child.disconnect()
    if (child.exitCode === null) await once(child, 'exit')
  }
}

/** Waits until a condition holds. @throws Error after `patience` ms */
export async function until(what: string | (() => string), holds: () => boolean | Promise<boolean>, patience = 30_000): Promise<void> {
  const end = performance.now() + patience
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${typeof what === 'string' ? what : what()}: not within ${patience / 1000} s`)
    await pause(20)
  }
}
