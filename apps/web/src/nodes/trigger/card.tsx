import type { ConfigOf } from '@baton/engine'
import {
  IconArrowsRight,
  IconBolt,
  IconBriefcase,
  IconCalendarEvent,
  IconCalendarRepeat,
  IconChartLine,
  IconCode,
  IconForms,
  IconHandFinger,
  IconPencil,
  IconUsers,
} from '@tabler/icons-react'
import type { CardFace } from '../screen.ts'
import { fresh } from './fresh.ts'

const icons = {
  segment: IconUsers,
  event: IconBolt,
  field: IconPencil,
  score: IconChartLine,
  sales: IconBriefcase,
  date: IconCalendarEvent,
  schedule: IconCalendarRepeat,
  form: IconForms,
  api: IconCode,
  flow: IconArrowsRight,
  manual: IconHandFinger,
}

export const card: CardFace<ConfigOf<'trigger'>> = {
  title: 'Start',
  about: 'Who comes in, and when.',
  icon: ({ on }) => icons[on.kind],
  presets: [
    { label: 'Segment', icon: IconUsers, begins: 2, find: 'joined left list member' },
    { label: 'Event', icon: IconBolt, begins: 4, data: { on: fresh.event } },
    { label: 'Form', icon: IconForms, begins: 3, data: { on: fresh.form } },
    { label: 'Date', icon: IconCalendarEvent, begins: 5, find: 'anniversary birthday renewal before after', data: { on: fresh.date } },
    { label: 'Schedule', icon: IconCalendarRepeat, begins: 6, find: 'every day week month cron again', data: { on: fresh.schedule } },
    { label: 'Other software', icon: IconCode, find: 'program api http request', data: { on: fresh.api } },
    { label: 'Field changes', icon: IconPencil, data: { on: fresh.field } },
    { label: 'Score', icon: IconChartLine, find: 'points threshold', data: { on: fresh.score } },
    { label: 'Sales', icon: IconBriefcase, find: 'stage accepted rejected lost won late', data: { on: fresh.sales } },
    { label: 'Another flow', icon: IconArrowsRight, data: { on: fresh.flow } },
    { label: 'By hand', icon: IconHandFinger, begins: 1, data: { on: fresh.manual } },
  ],
}
