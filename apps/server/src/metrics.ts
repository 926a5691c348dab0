import type { MachineNow } from '@baton/api'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What a gauge needs to know when somebody looks: counts and ages only, never who. Each may be asked several times for one look. */
export interface Readings {
  machine(): Promise<MachineNow>
  /** Mail by status, e.g. queued, sent, unknown. */
  sends(): Promise<Readonly<Record<string, number>>>
  /** What is in trouble for good, by kind. */
  trouble(): Promise<Readonly<Record<string, number>>>
  /** Leads with sales: open ones, those that wait for a rep, those past their deadline, those that wait for a manager. */
  leads(): Promise<Readonly<Record<string, number>>>
}

/** What Prometheus reads at /metrics, and the counters that the runner and the doors turn. No label names a person. */
export interface Metrics {
  registry: Registry
  /** Steps taken by this process, by the flow's id. */
  steps: Counter<'flow'>
  turns: Counter
  /** Contacts parked with an error. */
  parked: Counter
  /** Duration of a batch of turns from claim to commit, seconds. */
  batch: Histogram
  /** Events taken in, by what became of them. */
  events: Counter<'result'>
  requests: Histogram<'method' | 'status'>
}

/** Gauges that are read when somebody looks. Documented in docs/operations.md. */
function gauges(registers: Registry[], { machine, sends, trouble, leads }: Readings): void {
  const one = (name: string, help: string, value: (it: MachineNow) => number) =>
    new Gauge({
      ...{ name, help, registers },
      async collect() {
        this.set(value(await machine()))
      },
    })
  const many = (name: string, help: string, label: string, values: () => Promise<Readonly<Record<string, number>>>) =>
    new Gauge({
      ...{ name, help, labelNames: [label], registers },
      async collect() {
        this.reset()
        for (const [key, value] of Object.entries(await values())) this.set({ [label]: key }, value)
      },
    })
  const parts = ({ inbox, timers, mails, calls }: MachineNow) => ({ inbox, timers, mails, calls })
  one('baton_inbox_depth', 'Inbox rows not handled yet, up to 10000', (it) => it.inbox.count)
  one('baton_lag_seconds', 'Age of the oldest thing that is due and not done', (it) => it.lagMs / 1000)
  many('baton_oldest_due_seconds', 'Age of the oldest thing that is due and not done, by part', 'part', async () => {
    const it = await machine()
    return Object.fromEntries(Object.entries(parts(it)).map(([part, { since }]) => [part, Math.max(0, it.now - (since ?? it.now)) / 1000]))
  })
  many('baton_due', 'Things that are due and not done, by part, each up to a limit', 'part', async () =>
    Object.fromEntries(Object.entries(parts(await machine())).map(([part, { count }]) => [part, count])),
  )
  one('baton_scans_running', 'Passes over many people that are under way', (it) => it.scans)
  one('baton_workers', 'Processes that take turns of people', (it) => it.workers.length)
  one('baton_worker_silent_seconds', 'Time since the quietest of them last said that it works', (it) =>
    Math.max(0, ...it.workers.map(({ seenAt }) => (it.wall - seenAt) / 1000)),
  )
  one('baton_buckets_unowned', 'Buckets of people, of 1024, that no process works on', (it) => it.unowned)
  one(
    'baton_destinations_slowed',
    'Mail domains and hosts that asked for less and get nothing at this moment, up to 20',
    (it) => it.slowed.length,
  )
  many('baton_sends', 'Mail that is not settled, by status, each up to 10000', 'status', sends)
  many('baton_trouble', 'What nothing happens to any more unless somebody decides, by kind, each up to 10000', 'kind', trouble)
  many('baton_leads', 'Leads with sales, by what is open about them', 'state', leads)
}

/** Fresh metrics; each server has its own, so that several can run in one test process. Without readings there are counters only. */
export function createMetrics(readings: Readings | null): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  if (readings) gauges(registers, readings)
  return {
    registry,
    steps: new Counter({ name: 'baton_steps_total', help: 'Steps taken', labelNames: ['flow'], registers }),
    turns: new Counter({ name: 'baton_turns_total', help: 'Turns committed', registers }),
    parked: new Counter({ name: 'baton_parked_total', help: 'Contacts parked with an error', registers }),
    batch: new Histogram({
      name: 'baton_batch_seconds',
      help: 'A batch of turns, claim to commit',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers,
    }),
    events: new Counter({ name: 'baton_events_total', help: 'Events taken in', labelNames: ['result'], registers }),
    requests: new Histogram({
      name: 'baton_http_seconds',
      help: 'Requests answered',
      labelNames: ['method', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10],
      registers,
    }),
  }
}
