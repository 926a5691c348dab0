import { describe, expect, it } from 'vitest'
import { endLine, type Passage } from './passage-steps.ts'

type Step = Passage['steps'][number]

const step = (reason: Step['reason']): Step => ({ seq: 1, node: 'n', visit: 1, port: 'end', at: 0, due: null, reason })

describe('the end of a passage', () => {
  it('is left to a last step that says it', () => {
    const steps = [step({ code: 'exit', label: 'Done', finished: true })]
    expect(endLine({ endHow: 'finished', endLabel: 'Done', steps })).toBeNull()
  })

  it('is said where the last step says something else, or there is none', () => {
    const steps = [step({ code: 'handoff.overflow', handoff: 'h', reason: {} })]
    expect(endLine({ endHow: 'flow-stopped', endLabel: null, steps })).toBe('Left as the flow was stopped')
    expect(endLine({ endHow: 'finished', endLabel: 'Done', steps: [] })).toBe('Finished: Done')
  })
})
