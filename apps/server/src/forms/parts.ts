import type { Clock } from '@baton/api'
import type { Handle } from '@baton/db'
import type { Logger } from '../log.ts'

/** What the doors of forms need. */
export interface FormParts {
  db: Handle
  clock: Clock
  log: Logger
  /** The public address, without a slash at the end. */
  baseUrl: string
  /** Wakes the runner: something is in the inbox. */
  nudge(): void
  /** Answers one address may send in ten minutes. */
  most?: number | undefined
}
