import { createAccounts, createAuth } from '@baton/api'
import { userByEmail } from '@baton/db'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { EXIT, ExitError } from '../exit.ts'
import { CLIENT_ADDRESS } from '../http/app.ts'
import { openConfigured } from '../open.ts'
import { wallClock } from '../worker.ts'
import type { Io } from './io.ts'

async function link(io: Io, email: string): Promise<void> {
  const config = readConfig(io.env)
  const baseUrl = config.baseUrl ?? `http://localhost:${config.port}`
  const db = await openConfigured(config)
  try {
    const settings = {
      db,
      baseUrl,
      trustedOrigins: [baseUrl],
      clientAddressHeader: CLIENT_ADDRESS,
      onError: (text: string) => io.err(`${text}\n`),
    }
    const accounts = createAccounts({ db, clock: wallClock, auth: await createAuth(settings), baseUrl })
    const user = await userByEmail(db, email)
    if (!user) throw new ExitError(`Nobody here has the address ${email}. An admin can invite them under Settings, People.`, EXIT.problems)
    if (!user.active)
      throw new ExitError(`${email} is deactivated. An admin can reactivate the account under Settings, People.`, EXIT.problems)
    const made = await accounts.resetLink(user.id, { id: null, name: 'Command line' })
    io.out(`${made.url}\n`)
    io.err('The link works once, within 15 minutes. Whoever has it can sign in: pass it on by a safe way.\n')
  } finally {
    await db.close()
  }
}

/** `baton user link EMAIL`: lets somebody in who forgot the password. */
export function userCommand(io: Io): Command {
  return new Command('user').description('help people sign in').addCommand(
    new Command('link')
      .description('print a link by which this user chooses a new password and signs in; once, within 15 minutes')
      .argument('<email>', 'the address they sign in with')
      .action((email: string) => link(io, email)),
  )
}
