import type { Issue } from '@baton/engine'
import { describe, expect, it } from 'vitest'
import { besideOf } from './next-problem.ts'

const issue = (code: string, severity: Issue['severity'], ...nodes: string[]): Issue => ({ code, severity, nodes, say: code })
const all = [
  issue('warned', 'warning', 'c'),
  issue('wrong', 'error', 'a'),
  issue('wrong too', 'error', 'a'),
  issue('circle', 'error', 'a', 'b'),
  issue('no end', 'error'),
]
const walk = (by: 1 | -1, steps: number) => {
  let chosen: readonly string[] = []
  return Array.from({ length: steps }, () => {
    const next = besideOf(all, new Set(chosen), by)
    chosen = next?.nodes ?? []
    return next?.nodes.join()
  })
}

describe('going from problem to problem', () => {
  it('begins with errors, takes a step with two problems once, and goes around', () => {
    expect(walk(1, 4)).toEqual(['a', 'a,b', 'c', 'a'])
    expect(walk(-1, 4)).toEqual(['c', 'a,b', 'a', 'c'])
  })

  it('goes to the first from a step that has none', () => {
    expect(besideOf(all, new Set(['x']), 1)?.nodes).toEqual(['a'])
  })

  it('goes nowhere where nothing has a place', () => {
    expect(besideOf([issue('no start', 'error')], new Set(), 1)).toBeUndefined()
    expect(besideOf([], new Set(['a']), -1)).toBeUndefined()
  })
})
