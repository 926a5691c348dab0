import type { Backtest, RecordedPerson } from '@baton/engine'
import type { Basis } from '../protocol.ts'
import type { Beside, Setting, Tell, Told } from './protocol.ts'

export type OpenedBacktest = Pick<Extract<Told, { told: 'opened' }>, 'issues' | 'matches' | 'liveLeftOut'>

/** Back-tests of one draft, made beside the page. Whoever starts one closes it. */
export interface Backtester {
  open(basis: Basis, beside: Beside): Promise<OpenedBacktest>
  /** Hands people over, a portion at a time. */
  people(people: readonly RecordedPerson[], first: boolean): void
  /** Only one runs at a time. @returns undefined when it was cancelled */
  run(setting: Setting, onProgress: (done: number) => void): Promise<Backtest | undefined>
  cancel(): void
  close(): void
}

export function startBacktester(): Backtester {
  const worker = new Worker(new URL('./backtest.worker.ts', import.meta.url), { type: 'module' })
  let opening: ((opened: OpenedBacktest) => void) | undefined
  let current:
    | { run: number; end: (of: Backtest | undefined) => void; fail: (error: Error) => void; progress: (done: number) => void }
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
    else current.end(data.backtest)
    if (data.told !== 'progress') current = undefined
  }
  worker.onerror = (event) => {
    current?.fail(new Error(event.message || 'The back-test stopped. Reload the page.'))
    current = undefined
  }
  return {
    open(basis, beside) {
      stop()
      return new Promise((resolve) => {
        opening = resolve
        say({ tell: 'open', basis, beside })
      })
    },
    people: (people, first) => say({ tell: 'people', people, first }),
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
