import { plain, strong } from '../../base.ts'
import type { On } from '../schema.ts'
import type { Way } from './way.ts'

const WORDS: Readonly<Record<On<'api' | 'flow' | 'manual'>['kind'], readonly [string, string]>> = {
  api: ['When ', 'a program lets them in'],
  flow: ['When ', 'another flow lets them in'],
  manual: ['When they are added ', 'by hand'],
}

/** Somebody or something lets them in: a person, a program, a step of another flow. */
export const askedWay = ({ kind }: On<'api' | 'flow' | 'manual'>): Way => ({
  references: [],
  sentence: () => [plain(WORDS[kind][0]), strong(WORDS[kind][1])],
  check: () => [],
  compile: () => ({ trigger: { on: { kind } } }),
})
