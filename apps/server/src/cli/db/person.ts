import { appendAudit, contactsByIdentity, erasePerson, exportPerson, type Handle } from '@baton/db'
import { Command } from 'commander'
import { readConfig } from '../../config.ts'
import { EXIT, ExitError } from '../../exit.ts'
import { openConfigured } from '../../open.ts'
import type { Io } from '../io.ts'

const ACTOR = { id: null, name: 'Command line' }

async function withPerson<T>(io: Io, name: string, work: (db: Handle, id: number) => Promise<T>): Promise<T> {
  const db = await openConfigured(readConfig(io.env))
  try {
    const id = (await contactsByIdentity(db, [name])).get(name)
    if (id === undefined) throw new ExitError(`Nobody here is known as ${name}.`, EXIT.problems)
    return await work(db, id)
  } finally {
    await db.close()
  }
}

async function takeOut(io: Io, name: string): Promise<void> {
  await withPerson(io, name, async (db, id) => {
    const all = await exportPerson(db, id, Date.now())
    if (!all) throw new ExitError(`Nobody here is known as ${name}.`, EXIT.problems)
    await appendAudit(db, { at: Date.now(), actor: ACTOR, action: 'contact.exported', subject: { kind: 'contact', id: String(id) } })
    io.out(`${JSON.stringify(all, null, 2)}\n`)
  })
}

async function erase(io: Io, name: string, confirmed: string | undefined): Promise<void> {
  if (confirmed !== name)
    throw new ExitError(
      `This erases everything that is kept of ${name}, for good: fields, events, steps, mails, leads. To do it, add --confirm ${name}`,
      EXIT.usage,
    )
  await withPerson(io, name, async (db, id) => {
    const at = Date.now()
    const erased = await db.transaction(async (tx) => {
      const done = await erasePerson(tx, id, at)
      if (done) {
        const subject = { kind: 'contact', id: String(id) }
        await appendAudit(tx, { at, actor: ACTOR, action: 'contact.erased', subject, detail: { keptStopped: done.kept } })
      }
      return done
    })
    if (!erased) throw new ExitError(`Nobody here is known as ${name}.`, EXIT.problems)
    io.out('erased\n')
    for (const { kind, name: called } of erased.stillNamed) io.err(`The address still stands in the ${kind} ${called}: change it there.\n`)
    io.err('Backups from before, and files in DATA_DIR/uploads and DATA_DIR/exports, may still hold the person.\n')
  })
}

/** `baton db person …`: what is kept of one person. */
export function personCommand(io: Io): Command {
  return new Command('person')
    .description('take out, or erase, what is kept of one person')
    .addCommand(
      new Command('export')
        .description('print everything that is kept of one person, as JSON')
        .argument('<name>', 'the e-mail address, or an id by which another system knows the person')
        .action((name: string) => takeOut(io, name)),
    )
    .addCommand(
      new Command('erase')
        .description('erase one person, wherever something of them stands')
        .argument('<name>', 'the e-mail address, or an id by which another system knows the person')
        .option('--confirm <name>', 'the same once more')
        .action((name: string, options: { confirm?: string }) => erase(io, name, options.confirm)),
    )
}
