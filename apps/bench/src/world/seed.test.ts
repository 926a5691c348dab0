import { openDatabase } from '@baton/db'
import { freshDatabase, noteDatabase } from '@baton/db/testing'
import { expect, inject, test } from 'vitest'
import { HOUR, turnsOf } from '../steps/scenario.ts'
import { driveOf } from './drive.ts'
import { FIRST_DUE, MODELS, seedCampaign } from './seed.ts'

const PEOPLE = 2 * MODELS

test.each(['pg', 'pglite'] as const)(
  'copied people stand and go on as those who came there by themselves (%s)',
  { timeout: 120_000 },
  async (kind) => {
    const fresh = kind === 'pg' ? await freshDatabase(inject('postgres')) : undefined
    const handle = await openDatabase(fresh ? { url: fresh.url } : { memory: true })
    try {
      await handle.migrate()
      await seedCampaign(handle, PEOPLE, { kind: 'dense' })
      const at = await handle.query<{ node: string; n: number }>(
        'select node, count(*) as n from enrolment where gen = 0 group by 1 order by 1',
      )
      expect(at).toEqual(['w1', 'w2', 'w3'].map((node) => ({ node, n: PEOPLE / 3 })))

      const drive = driveOf(handle, FIRST_DUE)
      expect(await drive.run()).toMatchObject({ turns: PEOPLE })
      for (let i = 0; i < 2; i++) {
        drive.now += HOUR + 60_000
        expect(await drive.run()).toMatchObject({ turns: (PEOPLE * (2 - i)) / 3 })
      }
      await drive.close()

      const journeys = await handle.query<{ key: string; steps: string[]; marked: boolean; points: number; mails: number }>(
        `select c.key, c.facts -> 'f' ? 'campaign' as marked,
         (select array_agg(s ->> 'node' order by j.seq, (s ->> 'seq')::int) from journal j, json_array_elements(j.steps) s
          where j.bucket = e.bucket and j.enrolment_id = e.id) as steps,
         (select count(*) from ledger l where l.bucket = c.bucket and l.contact_id = c.id and starts_with(l.key, c.key || '/')) as points,
         (select count(*) from send s where s.bucket = c.bucket and s.contact_id = c.id and starts_with(s.key, c.key || '/')) as mails
       from contact c join enrolment e on e.bucket = c.bucket and e.contact_id = c.id and e.gen > 0`,
      )
      expect(journeys).toHaveLength(PEOPLE)
      for (const { key, steps, marked, points, mails } of journeys) {
        const expected = turnsOf(Number(key.slice(1, key.indexOf('@')))).flat()
        const wrote = (name: string) => expected.filter((it) => it === name).length
        expect({ key, steps }).toEqual({ key, steps: expected })
        expect({ key, marked, points, mails }).toEqual({
          ...{ key, marked: wrote('mark') > 0 },
          ...{ points: wrote('office') + wrote('rich') + wrote('points'), mails: wrote('mail') },
        })
      }

      // The counts on the nodes are the journal's, as everywhere.
      const sorted = (from: string) =>
        handle.query(`select * from (select node, port, sum(n)::int as n from ${from} group by 1, 2) d where n <> 0
                    order by node collate "C", port collate "C"`)
      const counts = await sorted('node_delta')
      const journal = await sorted(`(select s ->> 'node' as node, p.port, 1 as n from journal j, json_array_elements(j.steps) s,
      lateral (values (''), (s ->> 'port')) p(port)) x`)
      expect(counts).toEqual(journal)
      noteDatabase('bench', kind)
    } finally {
      await handle.close()
      await fresh?.drop()
    }
  },
)
