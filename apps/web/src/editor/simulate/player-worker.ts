import type { PlayerTell, PlayerTold } from './player-protocol.ts'
import type { Basis } from './protocol.ts'
import { inSlices } from './slices.ts'

/** The people that were handed over, by their place. */
export interface Sample<Person> {
  count: number
  at(place: number): Person
}

/** The worker's side of a player: keeps the people, plays one run at a time in slices, and stops when it is told to. */
export function playHere<Beside, Person, Setting, Opened, Result>(play: {
  open(basis: Basis, beside: Beside): Opened
  /** undefined: the draft cannot be played. */
  run(sample: Sample<Person>, setting: Setting): Generator<{ done: number }, Result> | undefined
}): void {
  let people: Person[] = []
  let stop = () => {}
  const tell = (told: PlayerTold<Opened, Result>) => self.postMessage(told)

  function begin(run: number, setting: Setting): void {
    const [someone] = people
    const sample = { count: people.length, at: (place: number) => people[place] ?? someone ?? nobody() }
    const steps = play.run(sample, setting)
    if (!steps) {
      tell({ told: 'failed', run, why: 'This draft cannot be played: it has errors.' })
      return
    }
    stop = inSlices(steps, {
      progress: (done) => tell({ told: 'progress', run, done }),
      done: (result) => tell({ told: 'done', run, result }),
      failed: (why) => tell({ told: 'failed', run, why }),
    })
  }

  self.onmessage = ({ data }: MessageEvent<PlayerTell<Beside, Person, Setting>>) => {
    switch (data.tell) {
      case 'open':
        stop()
        tell({ told: 'opened', opened: play.open(data.basis, data.beside) })
        return
      case 'people':
        people = data.first ? [...data.people] : [...people, ...data.people]
        return
      case 'run':
        stop()
        begin(data.run, data.setting)
        return
      case 'cancel':
        stop()
    }
  }
}

function nobody(): never {
  throw new Error('Nobody is in the sample.')
}
