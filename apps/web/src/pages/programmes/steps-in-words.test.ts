import { sampleCatalog, sampleFlows } from '@baton/engine/fixtures'
import { expect, it } from 'vitest'
import { stepsInWords } from './steps-in-words.ts'

const [webinar] = sampleFlows

it('says a flow line by line, with where each way leads', () => {
  if (!webinar) throw new Error('There is no sample.')
  const steps = stepsInWords(webinar.graph, sampleCatalog)
  expect(steps.map((it) => it.number)).toEqual(steps.map((_, at) => at + 1))
  const lines = steps.map((it) => it.sentence.map((part) => part.text).join(''))
  expect(lines[0]).toContain('webinar.attended')
  expect(lines[1]).toBe('Add 20 points to Engagement')
  const branch = steps.find((it) => it.sentence[0]?.text === 'What did they do with it')
  const led = branch?.ways.map(({ label, to }) => `${label}: ${lines[to - 1]}`)
  expect(led).toEqual([
    'Asked for a demo: Hand to Inbound sales',
    'Clicked: Add 15 points to Engagement',
    expect.stringMatching(/^Otherwise: Wait until/),
  ])
})

it('says nothing of a way that leads to the next line', () => {
  if (!webinar) throw new Error('There is no sample.')
  expect(stepsInWords(webinar.graph, sampleCatalog)[0]?.ways).toEqual([])
})
