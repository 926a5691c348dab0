import { createAnswers } from './answer.ts'
import type { Asked, Told } from './protocol.ts'

const answers = createAnswers()

function answerTo(asked: Asked): unknown {
  switch (asked.ask) {
    case 'open':
      return answers.open(asked.give)
    case 'entrances':
      return answers.entrances(asked.give)
    case 'walk':
      return answers.walk(asked.give)
    case 'draw':
      return answers.draw(asked.give)
    case 'keep':
      return answers.keep(asked.give)
    case 'tests':
      return answers.tests(asked.give)
  }
}

function tell(asked: Asked): Told {
  try {
    return { id: asked.id, ok: answerTo(asked) }
  } catch (error) {
    return { id: asked.id, error: error instanceof Error ? error.message : String(error) }
  }
}

// A walk through a long flow, and the tests of one, take their time: not where the page is drawn.
self.onmessage = (event: MessageEvent<Asked>) => self.postMessage(tell(event.data))
