import { setTimeout as pause } from 'node:timers/promises'
import { decideTrouble, type Handle, listTrouble, type TroubleRow } from '@baton/db'
import { openBed } from '../faults/bed.ts'
import { once } from '../faults/once.ts'
import { POISONS, type Poison, type Spoilt, spoil } from '../faults/poison.ts'
import { play } from '../faults/round.ts'
import { until } from '../faults/troupe.ts'
import { BY, PEOPLE, START } from '../faults/world.ts'
import { dice } from '../people.ts'
import type { Soak } from './round.ts'

const TIMINGS = { leaseMs: 15_000 }
const ALL = { kinds: [], limit: 1000 } as const

const ground = once(openBed, (bed) => bed.close())

/** Waits until what has come in and whose time has come is worked on, whatever became of it: no turn of before is still to be stored. */
const drained = (handle: Handle, now: number) =>
  until('nothing is left to work on', async () => {
    const rows = await handle.query('select 1 from inbox union all select 1 from wheel where slot <= $1 limit 1', [now])
    return rows.length === 0
  })

const source = { kind: 'user', ...BY } as const

/** Decides about all trouble, until there is none any more: as somebody would on its page. */
async function decideAll(handle: Handle, now: number, hopeless: boolean): Promise<void> {
  let last = ''
  await until(
    () => `all trouble is over, such as ${last}`,
    async () => {
      const rows = await listTrouble(handle, ALL)
      last = JSON.stringify(rows[0])
      for (const { kind, id, about } of rows) {
        const deed = hopeless && kind === 'item' && about === 'fields' ? 'give-up' : 'retry'
        await handle.transaction((tx) => decideTrouble(tx, { kind, deed, ids: [id], by: source, now }))
      }
      await drained(handle, now)
      await pause(50)
      return (await listTrouble(handle, ALL)).length === 0
    },
  )
}

/** Everybody in trouble must be of those who were spoilt, and it must say why. */
function judge(rows: readonly TroubleRow[], { people }: Spoilt): string[] {
  return rows.flatMap(({ contactKey, kind, error }) => {
    if (contactKey === null || !people.has(contactKey))
      return [`${contactKey} is in trouble (${kind}: ${error}), and nothing of theirs was spoilt`]
    return error.trim() === '' ? [`${contactKey} stands still, and nobody says why`] : []
  })
}

/**
 * Something of one person, or a whole version, is spoilt: only they stand still, it is said why, and once it is mended everything goes on
 * from the list of trouble as if it had never been.
 */
export const poison: Soak = {
  all: POISONS,
  close: ground.close,
  async round(seed) {
    const bed = await ground()
    const random = dice(seed)
    const seen = new Set<string>()
    let stood = 0
    let spoilt: (Spoilt & { poison: Poison }) | undefined
    const wrong = await play({
      bed,
      seed,
      kind: seed % 8 === 0 ? 'pglite' : 'pg',
      timings: TIMINGS,
      async before({ phase, handle }) {
        // Nobody waits anywhere before the first phase.
        const among: readonly Poison[] = phase.at === START ? ['facts', 'item'] : POISONS
        const kind = among[Math.floor(random() * among.length)] ?? 'facts'
        spoilt = { ...(await spoil(handle, kind, Math.floor(random() * PEOPLE), phase.at)), poison: kind }
        seen.add(kind)
      },
      async fault({ phase, handle, wrong: found }) {
        if (!spoilt) return
        await pause(100 + random() * 300)
        await drained(handle, phase.at)
        const rows = await listTrouble(handle, ALL)
        found.push(...judge(rows, spoilt))
        stood += rows.length
        await spoilt.mend()
        // Who was looked at while it was still spoilt is in trouble only when that is stored.
        await drained(handle, phase.at)
        await decideAll(handle, phase.at, spoilt.hopeless)
      },
    })
    return { wrong, counts: { stood }, seen: [...seen] }
  },
}
