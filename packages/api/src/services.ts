import type { Machine } from '@baton/db'
import type { Accounts, Actor } from './accounts.ts'
import type { Bulk } from './bulk.ts'
import type { Imports } from './imports.ts'
import type { Mail } from './mail.ts'

/**
 * What the routers need of the process around them. The server implements each part; a router never reaches for mail, files or the
 * runner itself. An area adds its own interface here as one more part.
 */
export interface Services {
  /** Links, passwords and sessions, kept by the auth library. */
  accounts: Accounts
  /** Wakes the runner in this process now, so that what was just written does not wait for its next look. */
  nudge(): void
  /** What the System page tells of this process. */
  system(): SystemFacts
  /** How the machine does, at this moment and in the last hour. */
  machine: MachineWatch
  /** Reads uploaded files and takes them in. */
  imports: Imports
  /** Makes mails to look at, and sends tests. */
  mail: Mail
  /** Carries out what is done to many contacts. */
  bulk: Bulk
  sample: SampleProgramme
  /** Makes a secret unreadable to whoever has only the database's rows: by the newest of the workspace's keys, and for its name alone. */
  seal(keys: readonly string[], name: string, value: string): string
}

/** How the machine does: what is due and not done, who works on it. */
export interface MachineWatch {
  /** As of at most a second ago. */
  now(): Promise<MachineNow>
  /** A point a minute of the last hour, the oldest first; of this process, so none from before its start. */
  lastHour(): readonly MachinePoint[]
}

export interface MachineNow extends Machine {
  /** By the clock of flows, and by that of processes. */
  now: number
  wall: number
  /** Age of the oldest thing that is due and not done, ms; 0 where there is none. */
  lagMs: number
}

/** `at` by the clock of processes. */
export interface MachinePoint {
  at: number
  lagMs: number
}

/** Fills an empty workspace by the product itself: import, events, a clock that runs ahead, the engine. One at a time. */
export interface SampleProgramme {
  /** Begins; how it goes on is told by `status`. */
  start(by: Actor): Promise<void>
  status(): SampleStatus
  /** Stops where it is; what was made stays. */
  cancel(): Promise<void>
}

export interface SampleStatus {
  state: 'idle' | 'running' | 'done' | 'failed'
  /** What is being done now, for the reader: "Importing people". */
  stage: string
  done: number
  total: number
  error?: string | undefined
}

export interface SystemFacts {
  version: string
  /** When this process started, ms. */
  startedAt: number
  database: 'PostgreSQL' | 'embedded'
  /** Where mail goes: the host of SMTP_URL without its password, or the Outbox page. */
  mail: { to: 'smtp'; host: string } | { to: 'outbox' }
  baseUrl: string
}
