import './charts.css'

type Props = {
  /** Read aloud: "Fit score". */
  label: string
  value: number
  max: number
  /** Where the tick stands: the threshold of the agreement. */
  threshold?: number | undefined
  /** `load` is a thicker grey bar that turns red when it is full. */
  look?: 'score' | 'load' | undefined
}

/** A value on its scale. The threshold is a magenta tick, as sales owns what lies behind it. */
export function Meter({ label, value, max, threshold, look = 'score' }: Props) {
  const at = (part: number) => `${max > 0 ? Math.max(0, Math.min(100, (100 * part) / max)) : 0}%`
  const load = look === 'load'
  const classes = ['meter', load && 'thick', load && (value >= max ? 'over' : 'quiet')].filter(Boolean).join(' ')
  return (
    // biome-ignore lint/a11y/useSemanticElements: the native meter cannot carry a tick and is styled differently by every browser
    <div className={classes} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={value}>
      <span style={{ width: at(value) }} />
      {threshold !== undefined && <i style={{ left: at(threshold) }} />}
    </div>
  )
}
