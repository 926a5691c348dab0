import { allowedNetworks, sealSecret } from '@baton/connect'
import { saveSecret, workspaceSettings } from '@baton/db'
import type { InboxItem } from '@baton/engine'
import { buildGraph } from '@baton/engine/testing'
import { pino } from 'pino'
import { type Courier, type CourierOptions, createCourier } from '../../src/effects/index.ts'
import { BY, type World } from '../runner/programme.ts'

export const BASE = 'https://baton.test'
const silent = pino({ level: 'silent' })

export const asked = (id: string, at: number): InboxItem => ({
  kind: 'event',
  at,
  event: { id, type: 'asked', props: {}, occurredAt: at, receivedAt: at },
})

/** Somebody who carries effects out over a world of the runner. */
export interface Bureau {
  courier: Courier
  /** Another process that does the same. */
  another(more: Partial<CourierOptions>): Courier
  /** A live flow: who "asked" comes to this step; every way leads to the end. */
  flow(id: string, type: string, data: Record<string, unknown>, ports: readonly string[]): Promise<void>
  /** Somebody asks, and the runner has taken the step. */
  ask(key: string): Promise<number>
  /** What is due goes out, and the runner handles what comes back. */
  settle(): Promise<number>
  /** By which ways people left the step, with the reason. */
  left(): Promise<{ port: string; reason: Record<string, unknown> }[]>
  effects(): Promise<Record<string, unknown>[]>
  secret(name: string, value: string): Promise<void>
}

export async function openBureau(world: World, more: Partial<CourierOptions> = {}): Promise<Bureau> {
  const { handle, clock } = world
  await world.fields([])
  const options: CourierOptions = {
    ...{ handle, clock, log: silent, owner: 'one', transport: null, baseUrl: BASE, nudge: () => {}, time: 5_000 },
    allowed: allowedNetworks(['127.0.0.1']),
  }
  const courier = createCourier({ ...options, ...more })
  let step = ''
  return {
    courier,
    another: (other) => createCourier({ ...options, owner: 'two', ...other }),
    async flow(id, type, data, ports) {
      step = 'step'
      const nodes = [
        ['in', 'trigger', { on: { kind: 'event', type: 'asked', where: [], key: null } }],
        [step, type, data],
        ['out', 'exit', { label: 'Done' }],
      ] as const
      await world.flow(id, buildGraph(nodes, [`in.out>${step}`, ...ports.map((port) => `${step}.${port}>out`)]))
    },
    async ask(key) {
      const id = await world.person(key, { fields: { email: key, first_name: 'Zoë' } })
      await world.tell(key, asked(`ask ${key}`, clock.now()))
      await world.runner.drainUntilIdle()
      return id
    },
    async settle() {
      const settled = await courier.deliverDue()
      await world.runner.drainUntilIdle()
      return settled
    },
    async left() {
      return (await world.journal()).filter((line) => line.node === step).map(({ port, reason }) => ({ port, reason: { ...reason } }))
    },
    effects: () =>
      world.rows(
        `select kind, status, attempts, next_attempt_at as next, last_error as error, answer, key from effect order by at, key collate "C"`,
      ),
    async secret(name, value) {
      const { linkSecrets } = await workspaceSettings(handle)
      const sealed = sealSecret(linkSecrets, name, value)
      await handle.transaction((tx) => saveSecret(tx, { name, sealed, last4: value.slice(-4), by: BY.id, at: clock.now() }))
    },
  }
}
