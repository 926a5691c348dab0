import type { On, Way } from './parts.tsx'

/** What each way in starts with. */
export const fresh: Readonly<Record<Way, On>> = {
  segment: { kind: 'segment', segmentId: null, way: 'joined' },
  event: { kind: 'event', type: null, where: [], key: null, keep: [], historic: false },
  field: { kind: 'field', field: null, from: null, to: null },
  score: { kind: 'score', dimension: null, way: 'up', points: null },
  sales: { kind: 'sales', what: 'accepted', stage: 'customer', where: [] },
  date: { kind: 'date', field: null, amount: 7, unit: 'days', side: 'before', time: '09:00', yearly: false },
  schedule: { kind: 'schedule', segmentId: null, every: { every: 'week', weekdays: [1], weeks: 1, from: null, time: '09:00' } },
  form: { kind: 'form', formId: null, keep: [] },
  api: { kind: 'api' },
  flow: { kind: 'flow' },
  manual: { kind: 'manual' },
}
