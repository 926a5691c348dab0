import type { PlayerTell, PlayerTold } from './player-protocol.ts'
import type { Basis } from './protocol.ts'

/** People played through one draft, beside the page. Whoever starts one closes it. */
export interface Player<Beside, Person, Setting, Opened, Result> {
  open(basis: Basis, beside: Beside): Promise<Opened>
  /** Hands people over, a portion at a time. */
  people(people: readonly Person[], first: boolean): void
  /** Only one runs at a time. @returns undefined when it was cancelled */
  run(setting: Setting, onProgress: (done: number) => void): Promise<Result | undefined>
  cancel(): void
  close(): void
}

/** @param stopped what is said when the worker ends by itself and does not say why */
export function startPlayer<Beside, Person, Setting, Opened, Result>(
  worker: Worker,
  stopped: string,
): Player<Beside, Person, Setting, Opened, Result> {
  let opening: ((opened: Opened) => void) | undefined
  let current:
    | { run: number; end: (of: Result | undefined) => void; fail: (error: Error) => void; progress: (done: number) => void }
    | undefined
  let runs = 0
  const say = (message: PlayerTell<Beside, Person, Setting>) => worker.postMessage(message)
  const stop = () => {
    current?.end(undefined)
    current = undefined
  }
  worker.onmessage = ({ data }: MessageEvent<PlayerTold<Opened, Result>>) => {
    if (data.told === 'opened') {
      opening?.(data.opened)
      opening = undefined
      return
    }
    // A run that was cancelled may have had a last word on its way.
    if (!current || data.run !== current.run) return
    if (data.told === 'progress') current.progress(data.done)
    else if (data.told === 'failed') current.fail(new Error(data.why))
    else current.end(data.result)
    if (data.told !== 'progress') current = undefined
  }
  worker.onerror = (event) => {
    current?.fail(new Error(event.message || stopped))
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
