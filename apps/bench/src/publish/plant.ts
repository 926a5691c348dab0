import type { Handle } from '@baton/db'
import type { Sink } from '../faults/sink.ts'
import { FLOW } from './versions.ts'

/** What is done to a round that went well, to see that it is found: somebody is lost, a log is falsified, a mail goes out once more. */
export const plants = {
  async lost(handle: Handle) {
    await handle.query('delete from enrolment where id = (select min(id) from enrolment where flow_id = $1)', [FLOW])
  },
  async log(handle: Handle) {
    await handle.query(
      `update journal set steps = jsonb_set(steps::jsonb, '{0,port}', '"elsewhere"') where ctid = (select j.ctid from journal j
         join enrolment e on e.bucket = j.bucket and e.id = j.enrolment_id where e.flow_id = $1 order by e.id desc limit 1)`,
      [FLOW],
    )
  },
  async mail(_handle: Handle, sink: Sink) {
    sink.received.set('once-more@example.com', 2)
  },
} as const satisfies Record<string, (handle: Handle, sink: Sink) => Promise<void>>

export type Plant = keyof typeof plants
export const isPlant = (it: string): it is Plant => it in plants
