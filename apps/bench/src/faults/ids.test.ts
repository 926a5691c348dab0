import { createIds, openDatabase } from '@baton/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cluster, openCluster } from './cluster.ts'

/** The block of a thousand that an id is of. */
const blockOf = (id: number | undefined) => Math.floor((id ?? 0) / 1024 / 1000)

describe('numbers across a fall of the database', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await openCluster()
  })
  afterAll(() => cluster.close())

  test.each([
    ['by whoever the fall interrupts', true],
    ['beside somebody whom it interrupts', false],
  ])('are never given twice: drawn a moment before %s', async (_, interrupted) => {
    const [one, other] = await Promise.all([1, 2].map(() => openDatabase({ url: cluster.url })))
    if (!one || !other) throw new Error('Two are opened.')
    await one.migrate()
    const ids = createIds(one)
    // After a checkpoint the first draw writes the log, and nobody has flushed that when the server falls: those who draw next have nothing to flush.
    await one.query('checkpoint')
    const fallen = (interrupted ? one : other).transaction(async (tx) => {
      await createIds(tx).take([1], tx)
      await ids.take([1], interrupted ? tx : undefined)
      await cluster.stop('immediate')
      await tx.query('select 1')
    })
    await expect(fallen).rejects.toThrow()
    await cluster.start()
    const theirs = new Set<number>()
    for (let n = 0; n < 4; n++) theirs.add(blockOf((await createIds(other).take([1]))[0]))
    const [mine] = await ids.take([1])
    expect(theirs.size).toBe(4)
    expect([...theirs]).not.toContain(blockOf(mine))
    await Promise.all([one.close(), other.close()])
  })
})
