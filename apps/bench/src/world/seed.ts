import type { Handle } from '@baton/db'
import type { FlowGraph } from '@baton/engine'
import { graph, HOUR, START } from '../steps/scenario.ts'
import { enter, layCampaign } from './campaign.ts'
import { clonePeople, STAGES } from './clone.ts'
import { driveOf } from './drive.ts'

/** People who go through the campaign for real, as models of the others: every way and every stage is among them. */
export const MODELS = 180
const MINUTE = 60_000
const models = Array.from({ length: MODELS }, (_, n) => n)

/** All wake-ups at one instant, or spread evenly over `slots` neighbouring minutes. */
export type Due = { kind: 'dense' } | { kind: 'spread'; slots: number }

/** The first instant at which somebody is due. */
export const FIRST_DUE = START + HOUR

/**
 * A campaign under way: a third of the people in each of its three waits, with all that people so far have (journal, points, mails,
 * counts). The first ones went there by the product's runner, the others are copies of them. Wants a migrated, empty database.
 */
export async function seedCampaign(handle: Handle, people: number, due: Due): Promise<void> {
  await layCampaign(handle, graph())
  const drive = driveOf(handle, START)
  for (const [i] of STAGES.entries()) {
    drive.now = START - (STAGES.length - 1 - i) * HOUR
    const stage = models.filter((n) => Math.floor(n / 6) % STAGES.length === STAGES.length - 1 - i)
    await enter(handle, stage, drive.now)
    await drive.run()
  }
  await drive.close()
  const slot = due.kind === 'dense' ? '0' : `(n.i * 7919 % ${due.slots}) * ${MINUTE}`
  await clonePeople(handle, { from: MODELS, to: people, due: `${FIRST_DUE} + ${slot}` })
  await handle.executeSql('vacuum analyze')
}

/** People who all rest at the first wait of a flow. Wants a migrated, empty database. */
export async function seedWaiting(handle: Handle, flow: FlowGraph, people: number): Promise<void> {
  await layCampaign(handle, flow)
  const drive = driveOf(handle, START)
  await enter(handle, models, START)
  await drive.run()
  await drive.close()
  await clonePeople(handle, { from: MODELS, to: people })
  await handle.executeSql('vacuum analyze')
}
