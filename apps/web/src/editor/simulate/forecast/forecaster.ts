import type { ContactState, FlowForecast, Intake, Issue, Question } from '@baton/engine'
import type { Basis } from '../protocol.ts'
import type { Setting, Tell, Told } from './protocol.ts'

export interface OpenedForecast {
  issues: readonly Issue[]
  starts: readonly Intake[]
  questions: readonly Question[]
  /** Types of events that the flow listens to and people cause. */
  deeds: readonly string[]
}

/** Forecasts of one draft, made beside the page. Whoever starts one closes it. */
export interface Forecaster {
  /** @param happens types of events of which it was counted how often they happen */
  open(basis: Basis, happens: readonly string[]): Promise<OpenedForecast>
  /** Hands people over, a portion at a time. */
  people(states: readonly ContactState[], first: boolean): void
  /** Only one runs at a time. @returns undefined when it was cancelled */
  run(setting: Setting, onProgress: (done: number) => void): Promise<FlowForecast | undefined>
  cancel(): void
  close(): void
}

export function startForecaster(): Forecaster {
  const worker = new Worker(new URL('./forecast.worker.ts', import.meta.url), { type: 'module' })
  let opening: ((opened: OpenedForecast) => void) | undefined
  let current:
    | { run: number; end: (of: FlowForecast | undefined) => void; fail: (error: Error) => void; progress: (done: number) => void }
    | undefined
  let runs = 0
  const say = (message: Tell) => worker.postMessage(message)
  const stop = () => {
    current?.end(undefined)
    current = undefined
  }
  worker.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.told === 'opened') {
      opening?.(data)
      opening = undefined
      return
    }
    // A run that was cancelled may have had a last word on its way.
    if (!current || data.run !== current.run) return
    if (data.told === 'progress') current.progress(data.done)
    else if (data.told === 'failed') current.fail(new Error(data.why))
    else current.end(data.forecast)
    if (data.told !== 'progress') current = undefined
  }
  worker.onerror = (event) => {
    current?.fail(new Error(event.message || 'The forecast stopped. Reload the page.'))
    current = undefined
  }
  return {
    open(basis, happens) {
      stop()
      return new Promise((resolve) => {
        opening = resolve
        say({ tell: 'open', basis, happens })
      })
    },
    people: (states, first) => say({ tell: 'people', states, first }),
    run(setting, onProgress) {
      stop()
      runs++
      const run = runs
      return new Promise((end, fail) => {
        current = { run, end, fail, progress: onProgress }
        say({ tell: 'run', run, setting })
      })
    },
    cancel() {
      say({ tell: 'cancel' })
      stop()
    },
    close() {
      worker.terminate()
      stop()
    },
  }
}
