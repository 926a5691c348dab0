import type { ConfigOf } from '@baton/engine'
import { IconCalendarClock, IconClockHour4 } from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'

export const card: CardFace<ConfigOf<'wait'>> = {
  title: 'Wait',
  about: 'Holds people for a time, or until a time of day where they live.',
  icon: ({ until }) => (until.kind === 'duration' ? IconClockHour4 : IconCalendarClock),
  presets: [
    { label: 'For a time', icon: IconClockHour4 },
    {
      label: 'Until a time of day',
      icon: IconCalendarClock,
      data: { until: { kind: 'time', time: '09:00', weekdays: [1, 2, 3, 4, 5], late: { do: 'next' } } },
    },
  ],
}
