import { runRetention } from '@baton/api'
import {
  clawBackQuiet,
  compactCounts,
  createIds,
  dropDeadLinks,
  ensureMonthsAhead,
  forgetDestinations,
  forgetLate,
  forgetNotifications,
  forgetRefused,
  forgetSeen,
  type Handle,
  sweepOverdue,
  tidyEmbedded,
  wakeOrphans,
} from '@baton/db'
import { watchFlows } from '../deliver/breaker.ts'

/** What is done now and then to keep the house in order. Never a contact's step: those belong to the runner. */
export interface Chore {
  name: string
  /** When, as cron in UTC. */
  cron: string
  run(db: Handle, now: number): Promise<void>
}

/** A note that was read goes after ninety days. */
const NOTES_KEPT = 90 * 86_400_000
const BUCKETS = 1024
const STRIDE = 64
/** People removed within two days who are looked at once more. */
const LATE = 10_000
const SWEPT = 10_000

/** Every chore, one block each. Each may be run at any time, twice, and in several processes at once. */
export const chores: readonly Chore[] = [
  { name: 'months-ahead', cron: '10 2 * * *', run: ensureMonthsAhead },
  { name: 'forget-message-ids', cron: '20 2 * * *', run: forgetSeen },
  { name: 'forget-who-was-not-let-in', cron: '25 2 * * *', run: forgetRefused },
  {
    name: 'drop-dead-links',
    cron: '30 2 * * *',
    async run(db, now) {
      await db.transaction((tx) => dropDeadLinks(tx, now))
    },
  },
  { name: 'forget-destinations', cron: '33 2 * * *', run: forgetDestinations },
  { name: 'forget-notes', cron: '35 2 * * *', run: (db, now) => forgetNotifications(db, now - NOTES_KEPT) },
  {
    name: 'compact-counts',
    cron: '5 * * * *',
    async run(db, now) {
      // In strides, so that the screens of the embedded database wait for one of them at most.
      for (let from = 0; from < BUCKETS; from += STRIDE) await compactCounts(db, { from, to: from + STRIDE, now })
    },
  },
  {
    name: 'watch-flows',
    cron: '* * * * *',
    async run(db, now) {
      await watchFlows(db, now)
    },
  },
  {
    name: 'forget-what-came-late',
    cron: '45 2 * * *',
    async run(db, now) {
      await db.transaction((tx) => forgetLate(tx, { now, limit: LATE }))
    },
  },
  {
    name: 'drop-what-is-old',
    cron: '15 3 * * *',
    async run(db, now) {
      await runRetention(db, now)
    },
  },
  {
    name: 'leads-of-reps-who-are-gone',
    cron: '* * * * *',
    async run(db, now) {
      await db.transaction((tx) => wakeOrphans(tx, now))
    },
  },
  {
    name: 'quiet-deals',
    cron: '20 * * * *',
    async run(db, now) {
      await clawBackQuiet(db, createIds(db), now)
    },
  },
  { name: 'tidy-embedded', cron: '*/15 * * * *', run: tidyEmbedded },
  {
    name: 'sweep-overdue',
    cron: '40 3 * * *',
    async run(db, now) {
      await db.transaction((tx) => sweepOverdue(tx, { now, limit: SWEPT }))
    },
  },
]
