/** How a command ends, for scripts. Listed by `baton --help`. */
export const EXIT = {
  ok: 0,
  /** It ran and found something wrong: problems in a flow, rejected rows. */
  problems: 1,
  /** It was called wrongly: unknown option, missing file, wrong setting. */
  usage: 2,
  /** The data directory is in use or damaged, or the database does not answer. */
  database: 3,
  /** The port is taken, or the address is not one of this machine. */
  network: 4,
  /** A mistake in Baton itself. */
  bug: 70,
} as const

/** A command cannot go on: the message says what, where and what to do. */
export class ExitError extends Error {
  override name = 'ExitError'
  readonly exitCode: number
  constructor(message: string, exitCode: number, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}
