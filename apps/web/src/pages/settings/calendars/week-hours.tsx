import { IconCopy, IconPlus, IconX } from '@tabler/icons-react'
import { IconButton } from '../../../ui/button.tsx'
import { ClockInput } from '../../../ui/clock-input.tsx'
import { DAYS, type Hours, LONG_DAYS, WEEK, type Weekday, type Window, weekHours } from './calendar.ts'

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
const share = (text: string) => `${(minutes(text) / 1440) * 100}%`

/** The end of a day is typed as midnight. */
const endOf = (text: string) => (text === '00:00' ? '24:00' : text)

/** The next window of a day: after the last one, or an office's. */
function another(windows: readonly Window[]): Window {
  const last = windows.at(-1)
  if (!last) return { from: '09:00', to: '17:00' }
  const from = Math.min(minutes(last.to) + 60, 1380)
  const text = (value: number) => `${String(Math.floor(value / 60)).padStart(2, '0')}:${String(value % 60).padStart(2, '0')}`
  return { from: text(from), to: text(Math.min(from + 240, 1440)) }
}

/** A week: for each day its windows, drawn on the day and typed beside it. */
export function WeekHours({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const set = (day: Weekday, windows: Window[]) => onChange({ ...hours, [day]: windows })
  const sum = weekHours(hours)
  return (
    <fieldset className="week">
      <legend className="label">
        Open <span className="small muted">{sum === 0 ? 'never' : `${Number(sum.toFixed(2))} hours a week`}</span>
      </legend>
      {WEEK.map((day) => {
        const windows = hours[day] ?? []
        const next = WEEK[Number(day)]
        return (
          <div key={day} className="week-day">
            <span className="week-name">{DAYS[day]}</span>
            <span className="week-bar" aria-hidden="true">
              {windows
                .filter(({ from, to }) => minutes(from) < minutes(to))
                .map(({ from, to }) => (
                  <i key={from} style={{ left: share(from), right: `calc(100% - ${share(to)})` }} />
                ))}
            </span>
            <span className="week-windows">
              {windows.length === 0 && <span className="muted">closed</span>}
              {windows.map((window, at) => {
                const put = (part: Partial<Window>) =>
                  set(
                    day,
                    windows.map((it, n) => (n === at ? { ...it, ...part } : it)),
                  )
                const where = windows.length === 1 ? LONG_DAYS[day] : `${LONG_DAYS[day]}, window ${at + 1}`
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the place is what the inputs edit
                  <span key={at} className={minutes(window.from) < minutes(window.to) ? 'week-window' : 'week-window wrong'}>
                    <ClockInput aria-label={`${where}: from`} value={window.from} onChange={(from) => from !== null && put({ from })} />
                    –
                    <ClockInput
                      aria-label={`${where}: until`}
                      end
                      value={window.to}
                      onChange={(to) => to !== null && put({ to: endOf(to) })}
                    />
                    <IconButton
                      size="small"
                      label={`Close: ${where}`}
                      icon={<IconX size={14} stroke={1.75} />}
                      onClick={() =>
                        set(
                          day,
                          windows.filter((_, n) => n !== at),
                        )
                      }
                    />
                  </span>
                )
              })}
            </span>
            <span className="row week-deeds">
              <IconButton
                size="small"
                label={`Add hours on ${LONG_DAYS[day]}`}
                icon={<IconPlus size={14} stroke={1.75} />}
                onClick={() => set(day, [...windows, another(windows)])}
              />
              {next !== undefined && (
                <IconButton
                  size="small"
                  label={`${LONG_DAYS[next]} like ${LONG_DAYS[day]}`}
                  icon={<IconCopy size={14} stroke={1.75} />}
                  onClick={() =>
                    set(
                      next,
                      windows.map((it) => ({ ...it })),
                    )
                  }
                />
              )}
            </span>
          </div>
        )
      })}
    </fieldset>
  )
}
