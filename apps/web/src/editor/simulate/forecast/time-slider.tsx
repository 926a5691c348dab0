import type { FlowForecast } from '@baton/engine'
import { stretchWords } from './words.ts'

/** The instant of the forecast that the canvas shows. */
export function TimeSlider({ forecast, at, onChange }: { forecast: FlowForecast; at: number; onChange: (at: number) => void }) {
  const words = stretchWords(forecast, at)
  return (
    <label className="forecast-slider">
      <span className="row">
        <span className="grow">On the canvas</span>
        <span className="small muted">{words}</span>
      </span>
      <input
        type="range"
        min={0}
        max={forecast.stretches - 1}
        value={at}
        aria-valuetext={words}
        onChange={(event) => onChange(Number(event.currentTarget.value))}
      />
    </label>
  )
}
