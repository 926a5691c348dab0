import type { ConfigOf } from '@baton/engine'
import { IconBell, IconCake, IconCalendarClock, IconCalendarEvent, IconClockHour4, IconDoorEnter } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

type Until = ConfigOf<'wait'>['until']

const icons: Readonly<Record<Until['kind'], CardFace<ConfigOf<'wait'>>['presets'][number]['icon']>> = {
  duration: IconClockHour4,
  time: IconCalendarClock,
  date: IconCalendarEvent,
  'date-field': IconCake,
  window: IconDoorEnter,
  event: IconBell,
}

/** What a fresh wait of each kind starts with. */
export const fresh: Readonly<{ [K in Until['kind']]: Extract<Until, { kind: K }> }> = {
  duration: { kind: 'duration', amount: 1, unit: 'days' },
  time: { kind: 'time', time: '09:00', weekdays: [1, 2, 3, 4, 5], late: { do: 'next' } },
  date: { kind: 'date', date: null, time: '09:00', zone: null, past: 'go-on' },
  'date-field': {
    kind: 'date-field',
    field: null,
    offset: { amount: 0, unit: 'days', side: 'before' },
    time: '09:00',
    yearly: false,
    past: 'go-on',
  },
  window: { kind: 'window', hours: { kind: 'own', weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' } },
  event: {
    kind: 'event',
    branches: [{ id: 'way-1', name: '', match: { kind: 'event', type: null, where: [] } }],
    timeOut: { amount: 3, unit: 'days' },
    counts: { kind: 'after-arriving' },
    release: 'at-once',
  },
}

export const card: CardFace<ConfigOf<'wait'>> = {
  title: 'Wait',
  about: 'Holds people: for a time, until a date, while it is closed, or until something happens.',
  icon: ({ until }) => icons[until.kind],
  presets: [
    { label: 'For a time', icon: icons.duration },
    { label: 'Until a time of day', icon: icons.time, data: { until: fresh.time } },
    { label: 'Until a date', icon: icons.date, data: { until: fresh.date } },
    { label: 'For a date of theirs', icon: icons['date-field'], data: { until: fresh['date-field'] } },
    { label: 'Until opening hours', icon: icons.window, find: 'it is open working office', data: { until: fresh.window } },
    { label: 'For something', icon: icons.event, data: { until: fresh.event } },
  ],
}
