import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What a gauge needs to know when somebody looks: counts and ages only, never who. */
export interface Readings {
  /** Inbox rows not handled yet. */
  inboxDepth(): Promise<number>
  /** Age of the oldest thing that should have been done already, ms. */
  lagMs(): Promise<number>
  /** Mail by status, e.g. queued, sent, unknown. */
  sends(): Promise<Readonly<Record<string, number>>>
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

/** Fresh metrics; each server has its own, so that several can run in one test process. */
export function createMetrics(readings: Readings): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'baton_inbox_depth',
    help: 'Inbox rows not handled yet',
    registers,
    async collect() {
      this.set(await readings.inboxDepth())
    },
  })
  new Gauge({
    name: 'baton_lag_seconds',
    help: 'Age of the oldest thing that is due and not done',
    registers,
    async collect() {
      this.set((await readings.lagMs()) / 1000)
    },
  })
  new Gauge({
    name: 'baton_sends',
    help: 'Mail by status',
    labelNames: ['status'],
    registers,
    async collect() {
      this.reset()
      for (const [status, count] of Object.entries(await readings.sends())) this.set({ status }, count)
    },
  })
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
