import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { allowedNetworks, smtpTransport } from '@baton/connect'
import { type Handle, openDatabase } from '@baton/db'
import { freshDatabase, startPostgres } from '@baton/db/testing'
import { type Courier, createCourier, createDelivery, createLog, createTemplates, type Delivery } from '@baton/server'
import { once } from '../faults/once.ts'
import { dice } from '../people.ts'
import { checkEnd, readEnd } from '../rough/check.ts'
import { greetings, openRoughSmtp, smtpIlls } from '../rough/smtp.ts'
import { openRoughWeb, webIlls } from '../rough/web.ts'
import { askForAll, makeRoughWorld, START } from '../rough/world.ts'
import type { Soak } from './round.ts'

/** How long a server may say nothing, and how late a late answer is, ms. */
const PATIENCE = 700
const LATE = 1_000
/** To connect and to be greeted takes a busy machine longer than to answer. */
const CONNECT = 3_000
/** Times that something is due, at most. */
const LOOKS = 600

const ground = once(
  async () => {
    const dir = mkdtempSync(join(tmpdir(), 'baton-delivery-'))
    const [smtp, web, postgres] = [await openRoughSmtp({ lateMs: LATE }), await openRoughWeb({ lateMs: LATE }), await startPostgres()]
    const made = await freshDatabase(postgres.url)
    const template = { pg: made.url, pglite: join(dir, 'template') }
    for (const where of [{ url: template.pg }, { dir: template.pglite }]) {
      const handle = await openDatabase(where)
      await handle.migrate()
      await makeRoughWorld(handle)
      await handle.close()
    }
    return { dir, smtp, web, postgres, made, template }
  },
  async ({ dir, smtp, web, postgres, made }) => {
    await Promise.all([smtp.close(), web.close()])
    await made.drop()
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true })
  },
)

/** A copy of the world for one round. */
async function place({ dir, postgres, template }: Awaited<ReturnType<typeof ground>>, kind: 'pg' | 'pglite') {
  if (kind === 'pg') {
    const one = await freshDatabase(postgres.url, /\/(t_\w+)/.exec(template.pg)?.[1])
    return { handle: await openDatabase({ url: one.url }), remove: one.drop }
  }
  const own = mkdtempSync(join(dir, 'round-'))
  cpSync(template.pglite, own, { recursive: true })
  return { handle: await openDatabase({ dir: own }), remove: async () => rmSync(own, { recursive: true, force: true }) }
}

interface Carrier {
  delivery: Delivery
  courier: Courier
}

/** While a server is not asked, nothing in the database says until when. */
const MEANWHILE = 60_000

/** When to look again; null: nothing is open. */
async function nextLook(handle: Handle, at: number): Promise<number | null> {
  const [row] = await handle.query<{ open: number; next: number | null; due: boolean | null }>(
    `select count(*) filter (where open)::int as open, min(at) filter (where at > $1) as next, bool_or(at <= $1) filter (where open) as due from (
       select next_attempt_at as at, true as open from send where status in ('queued', 'sending')
       union all select next_attempt_at, true from effect where status in ('queued', 'sending')
       union all select slow_until, false from destination union all select free_at - 1000, false from destination) x`,
    [at],
  )
  if (!row || row.open === 0) return null
  return Math.min(row.next ?? Number.POSITIVE_INFINITY, row.due ? at + MEANWHILE : Number.POSITIVE_INFINITY)
}

/**
 * Mail servers and endpoints that hang, refuse, hang up at every point, and answer late or byte by byte, before two processes that
 * deliver and are stopped in between. Every mail and call ends as sent, failed or unknown, the last two where somebody sees them; none
 * is lost, none is done twice but under its key.
 */
export const delivery: Soak = {
  all: [...smtpIlls, ...greetings, ...webIlls],
  close: ground.close,
  async round(seed) {
    const bed = await ground()
    const { smtp, web } = bed
    const random = dice(seed)
    const kind = seed % 4 === 3 ? 'pglite' : 'pg'
    const { handle, remove } = await place(bed, kind)
    let at = START
    const clock = { now: () => at }
    const log = createLog('silent')
    let opened = 0

    function carrier(): Carrier {
      const owner = `carrier-${++opened}`
      const shared = { handle, clock, log, owner, baseUrl: 'http://localhost:1', nudge: () => {} }
      const transport = smtpTransport(smtp.url, { connectMs: CONNECT, greetingMs: CONNECT, socketMs: PATIENCE })
      return {
        delivery: createDelivery({ ...shared, templates: createTemplates(), transport }),
        courier: createCourier({ ...shared, transport: null, allowed: allowedNetworks(['127.0.0.1']), time: PATIENCE }),
      }
    }
    const leave = async (one: Carrier) => {
      await one.delivery.stop()
      await one.courier.stop()
    }

    smtp.reset()
    web.reset()
    await askForAll(handle, seed, web.urls)
    const carriers = Array.from({ length: kind === 'pg' ? 2 : 1 }, carrier)
    const wrong: string[] = []
    let looks = 0
    try {
      for (; looks < LOOKS; looks++) {
        // Who cannot even connect waits, longer each time: only now and then, or nobody would ever get to the other ills.
        smtp.greet(...(looks < 12 && random() < 0.3 ? greetings.filter(() => random() < 0.3) : []))
        const work = carriers.flatMap((one) => [one.delivery.deliverDue(), one.courier.deliverDue()])
        if (random() < 0.1) {
          // One is ended by its supervisor in the middle; another comes in its place.
          const [first] = carriers.splice(0, 1, carrier())
          if (first) await leave(first)
        }
        await Promise.all(work)
        const next = await nextLook(handle, at)
        if (next === null) break
        at = next
      }
      if (looks === LOOKS) wrong.push(`Something is still open after it was due ${LOOKS} times`)
      for (const one of carriers) await leave(one)
      wrong.push(...checkEnd(await readEnd(handle), { smtp, web }))
      const counts = await handle.query<{ status: string; n: number }>(
        `select status, count(*)::int as n from (select 'mails ' || status as status from send union all select 'calls ' || status from effect) x group by 1 order by 1`,
      )
      return { wrong, counts: { looks, ...Object.fromEntries(counts.map((row) => [row.status, row.n])) }, seen: [...smtp.met, ...web.met] }
    } finally {
      await Promise.all(carriers.map(leave))
      await handle.close()
      await remove()
    }
  },
}
