import { type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { once } from '../faults/once.ts'

/** A PostgreSQL of one's own with a migrated template. */
const ground = once(
  async () => {
    const postgres = await startPostgres()
    const template = await freshDatabase(postgres.url)
    const handle = await openDatabase({ url: template.url })
    await handle.migrate()
    await handle.close()
    return { postgres, template }
  },
  async ({ postgres, template }) => {
    await template.drop()
    await postgres.stop()
  },
)

export const closeGround = ground.close

/** Does something in an empty, migrated database: a copy of the template takes a tenth of a second. */
export async function inEmpty<T>(work: (handle: Handle) => Promise<T>): Promise<T> {
  const { postgres, template } = await ground()
  const one = await freshDatabase(postgres.url, /\/(t_\w+)/.exec(template.url)?.[1])
  const handle = await openDatabase({ url: one.url })
  try {
    return await work(handle)
  } finally {
    await handle.close()
    await one.drop()
  }
}
